"""Reads which mutants an author has found to be no mistakes, and writes one down to be filled in.

A mutant that no test can tell from the reference is recorded beside the solutions, in
`solutions/equivalent/NAME.toml`, with a reason:

    [[mutant]]
    function = "trace"
    was = "if depth > 0:"
    becomes = "if depth != 0:"
    reason = "depth is never negative"

It is known by its text and not by its line, so that a change elsewhere in the reference leaves the
entry valid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from grader.bank import printable
from grader.catalogue.document import read_document
from grader.catalogue.words import place_of, shown
from grader.check.mutants import Mutant
from grader.errors import BankError, Problem

_TABLE = "mutant"
_KEYS = ("function", "was", "becomes", "reason")

_Signature = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Equivalent:
    """An entry of the file: which change, as `Mutant` has it, and why it is no mistake.

    White space at the beginning and end of the lines of `was` and `becomes` has no meaning.
    """

    function: str
    was: str
    becomes: str
    reason: str


@dataclass(frozen=True)
class Split:
    """Mutants, told apart by the entries of a file.

    `counted` are those of no entry, `equivalent` the others, each with its reason, and `unmatched`
    the entries that there is no mutant for.
    """

    counted: tuple[Mutant, ...]
    equivalent: tuple[tuple[Mutant, str], ...]
    unmatched: tuple[Equivalent, ...]


def read_equivalents(path: Path) -> tuple[Equivalent, ...]:
    """Return the entries of the file at `path`, in order; none where there is no file.

    Raises:
        BankError: with every problem that the file has.
    """
    if not path.exists():
        return ()
    document = read_document(path)
    problems = tuple(_problems(document))
    if problems:
        raise BankError(printable(path), problems)
    return tuple(Equivalent(**table) for table in document.get(_TABLE, ()))


def split(mutants: Sequence[Mutant], equivalents: Sequence[Equivalent]) -> Split:
    """Tell the mutants that are counted from those that have an entry.

    Where a function has the same line twice, an entry for it stands for the mutants of both.
    """
    reasons = {_signature(entry): entry.reason for entry in equivalents}
    made = {_signature(mutant) for mutant in mutants}
    return Split(
        counted=tuple(mutant for mutant in mutants if _signature(mutant) not in reasons),
        equivalent=tuple(
            (mutant, reasons[_signature(mutant)])
            for mutant in mutants
            if _signature(mutant) in reasons
        ),
        unmatched=tuple(entry for entry in equivalents if _signature(entry) not in made),
    )


def as_toml(mutant: Mutant) -> str:
    """Return the entry for a mutant, to be pasted into the file and given a reason."""
    table = tomlkit.table()
    table["function"] = mutant.function
    table["was"] = _toml_text(mutant.was)
    table["becomes"] = _toml_text(mutant.becomes)
    table["reason"] = ""
    return tomlkit.dumps({_TABLE: [table]})


def _toml_text(text: str) -> tomlkit.items.String:
    return tomlkit.string(text, multiline="\n" in text)


def _signature(change: Mutant | Equivalent) -> _Signature:
    """Return what says that a mutant and an entry are of the same change."""
    return change.function, _bare_lines(change.was), _bare_lines(change.becomes)


def _bare_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    for key in document:
        if key != _TABLE:
            message = f"is an unknown key; the file is a list of [[{_TABLE}]]"
            yield Problem(place_of(document, (key,)), "", message)
    tables = document.get(_TABLE, [])
    if not isinstance(tables, list):
        message = f"must be a list of tables; write [[{_TABLE}]] with two brackets on each side"
        yield Problem(_TABLE, shown(tables), message)
        return
    for index, table in enumerate(tables):
        for inner, value, message in _table_problems(table):
            yield Problem(place_of(document, (_TABLE, index, *inner)), value, message)


def _table_problems(table: object) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield where in the entry, the value and what is wrong, for each problem of one entry."""
    if not isinstance(table, dict):
        yield (), shown(table), "must be a table of keys and values"
        return
    for key in table:
        if key not in _KEYS:
            yield (key,), "", f"is an unknown key; the keys here are {', '.join(_KEYS)}"
    for key in _KEYS:
        if key not in table:
            yield (key,), "", "is missing"
        elif not isinstance(table[key], str):
            yield (key,), shown(table[key]), "must be text in quotes"
        elif key == "reason" and not table[key].strip():
            yield (key,), shown(table[key]), "must say why no test can see the change"
