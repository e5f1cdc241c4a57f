"""Makes mutants of a reference solution: the same program with one small change in it."""

import ast
import difflib
import textwrap
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.check.changes import Change


@dataclass(frozen=True)
class Mutant:
    """A reference with one small change in it.

    `number` counts the mutants of one reference from 1. `function` is the dotted name of the
    function or class that the change is in, "" for one in none. `line` counts the reference's lines
    from 1; it is the first one that is changed. `was` and `becomes` are the changed lines without
    their common indentation; `becomes` is "" where lines are gone. `source` and `reference` are the
    two whole texts.
    """

    number: int
    function: str
    line: int
    was: str
    becomes: str
    source: str = field(repr=False)
    reference: str = field(repr=False)

    def diff(self, file_name: str) -> tuple[str, ...]:
        """Return the lines of a unified diff from the reference, which is called `file_name`."""
        names = (file_name, f"{file_name} (mutant {self.number})")
        before, after = _lines(self.reference), _lines(self.source)
        return tuple(difflib.unified_diff(before, after, *names, n=2, lineterm=""))


def mutants_of(source: str, *, with_messages: bool = False) -> tuple[Mutant, ...]:
    """Return the mutants of a reference, given as its text, in the order of the changed lines.

    Each of them compiles, and no two are the same program. The same text gives the same mutants
    under the same version of mutmut. `with_messages` is for an exercise whose hidden tests look at
    the messages of exceptions; without it those are left as they are.

    Raises:
        GraderError: where the text is no Python, or mutmut is not installed.
    """
    _check_syntax(source)
    changes = _distinct(_changes_of(source, with_messages=with_messages), source)
    in_order = sorted(changes, key=lambda change: _unchanged_before(source, change.source))
    return tuple(_mutant(number, source, change) for number, change in enumerate(in_order, 1))


def _check_syntax(source: str) -> None:
    try:
        ast.parse(source, "the reference")
    except (SyntaxError, ValueError) as error:  # ValueError for a null byte, before Python 3.12
        raise GraderError(
            f"there are no mutants of a reference that is no Python: {error}; mend it first"
        ) from None


def _changes_of(source: str, *, with_messages: bool) -> "Iterator[Change]":
    try:
        from grader.check.changes import changes_of
    except ImportError:
        raise GraderError(
            'grade check needs mutmut; install it with: pip install "grader[check]"'
        ) from None
    return changes_of(source, with_messages=with_messages)


def _distinct(changes: "Iterable[Change]", source: str) -> "Iterator[Change]":
    """Yield the changes that give a program unlike the reference and unlike those before."""
    seen = {"", _program(source)}  # "" is what a text that does not compile gives
    for change in changes:
        program = _program(change.source)
        if program not in seen:
            seen.add(program)
            yield change


def _program(text: str) -> str:
    """Return what a program is apart from how it is written, or "" for one that is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the compiler warns of what a change may bring: `1 is x`
        try:
            tree = ast.parse(text)
            # Only the compiler finds a `return` outside of functions, and the like.
            compile(tree, "mutant", "exec", dont_inherit=True)
        except SyntaxError:
            return ""
    return ast.dump(tree)


def _mutant(number: int, reference: str, change: "Change") -> Mutant:
    before, after = _lines(reference), _lines(change.source)
    start = _equal_lines(before, after)
    end = _equal_lines(before[start:][::-1], after[start:][::-1])
    return Mutant(
        number=number,
        function=change.function,
        line=start + 1,
        was=_block(before[start : len(before) - end]),
        becomes=_block(after[start : len(after) - end]),
        source=change.source,
        reference=reference,
    )


def _unchanged_before(reference: str, text: str) -> int:
    return _equal_lines(_lines(reference), _lines(text))


def _equal_lines(one: list[str], other: list[str]) -> int:
    """Return how many lines the two have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _lines(text: str) -> list[str]:
    # str.splitlines would also split at characters that end no line of Python, such as a form feed.
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def _block(lines: list[str]) -> str:
    return textwrap.dedent("\n".join(lines))
