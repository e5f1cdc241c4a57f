"""What the tables of a catalogue say, and whether it fits together and fits the bank's files.

It reads the raw tables, right or wrong, so that a wrong title hides no missing file.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.bank import is_folder
from grader.catalogue.layout import default_files, paths_of
from grader.catalogue.shape import EXERCISE_ID, FILE_NAMES, if_valid
from grader.catalogue.words import Finding, Loc, place_of, shown
from grader.limits import LimitError, Limits


def sense_findings(document: Mapping[str, Any], root: Path) -> Iterator[Finding]:
    """Yield a finding for each value that cannot be so, in a bank at `root`."""
    entries = _entries(document)
    sections = [(("section", n), table) for n, table in _tables(document, "section")]
    yield from _duplicates(document, sections)
    yield from _duplicates(document, [(entry.loc, entry.table) for entry in entries])
    for entry in entries:
        yield from _limit_findings(entry)
        yield from _file_name_findings(entry)
        yield from _preload_findings(entry)
        yield from _missing_file_findings(entry, root)


@dataclass(frozen=True)
class _Entry:
    """An exercise's table as it stands in the document, right or wrong.

    `id` and `files` are None where they are wrong; their shape is reported elsewhere.
    """

    loc: Loc
    table: Mapping[str, Any]
    id: str | None
    files: tuple[str, ...] | None


def _tables(parent: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    children = parent.get(key)
    if isinstance(children, list):
        yield from ((n, child) for n, child in enumerate(children) if isinstance(child, dict))


def _entries(document: Mapping[str, Any]) -> list[_Entry]:
    return [
        _entry(("section", section_index, "exercise", index), table)
        for section_index, section in _tables(document, "section")
        for index, table in _tables(section, "exercise")
    ]


def _entry(loc: Loc, table: Mapping[str, Any]) -> _Entry:
    exercise_id = if_valid(EXERCISE_ID, table.get("id"))
    files: tuple[str, ...] | None = None
    if "files" in table:
        files = if_valid(FILE_NAMES, table["files"])
    elif exercise_id is not None:
        files = default_files(exercise_id)
    return _Entry(loc, table, exercise_id, files)


def _duplicates(
    document: Mapping[str, Any], tables: Iterable[tuple[Loc, Mapping[str, Any]]]
) -> Iterator[Finding]:
    """Report each table whose id an earlier one has."""
    first: dict[str, Loc] = {}
    for loc, table in tables:
        table_id = table.get("id")
        if not isinstance(table_id, str):
            continue
        if table_id in first:
            other = place_of(document, first[table_id])
            yield Finding((*loc, "id"), shown(table_id), f"is the id of {other} already")
        first.setdefault(table_id, loc)


def _limit_findings(entry: _Entry) -> Iterator[Finding]:
    limits = entry.table.get("limits")
    for name, value in limits.items() if isinstance(limits, dict) else ():
        message = _limit_message(name, value)
        if message is not None:
            yield Finding((*entry.loc, "limits", name), shown(value), message)


def _limit_message(name: str, value: object) -> str | None:
    """Return what is wrong with a limit, or None."""
    # Limits takes any object, and text of any length, and puts both into its message.
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 'must be a number, or a size such as "512MiB"'
    if isinstance(value, int) and value.bit_length() > 63:
        return "is larger than any limit can be"
    if isinstance(value, str) and len(value) > 30:
        return 'must be a number, or a size such as "512MiB"'
    try:
        Limits().replace({name: value})
    except LimitError as error:
        # The problem shows the value by itself.
        return str(error).removesuffix(f", not {value!r}")
    return None


def _file_name_findings(entry: _Entry) -> Iterator[Finding]:
    files = entry.files
    if files is None:
        return
    loc = (*entry.loc, "files")
    for n, name in enumerate(files):
        if name in files[:n]:
            yield Finding((*loc, n), shown(name), "is in the list already")
    if entry.id is not None and not is_folder(files) and files != default_files(entry.id):
        message = f"a submission of one file is called {entry.id}.py; leave files out"
        yield Finding(loc, shown(list(files)), message)


def _preload_findings(entry: _Entry) -> Iterator[Finding]:
    preload = entry.table.get("preload")
    for n, name in enumerate(preload) if isinstance(preload, list) else ():
        if isinstance(name, str) and name.split(".")[0] == entry.id:
            message = "has the name of the exercise, so the submission would be loaded instead"
            yield Finding((*entry.loc, "preload", n), shown(name), message)


def _missing_file_findings(entry: _Entry, root: Path) -> Iterator[Finding]:
    if entry.id is None:
        return
    for kind, path in _expected_files(root, entry.id, entry.files):
        # Path.is_file raises for a name that is too long; os.path.isfile says no.
        if not os.path.isfile(path):
            expected = path.relative_to(root).as_posix()
            yield Finding(entry.loc, "", f"the {kind} {expected} is missing")


def _expected_files(
    root: Path, exercise_id: str, files: tuple[str, ...] | None
) -> Iterator[tuple[str, Path]]:
    paths = paths_of(root, exercise_id, files or default_files(exercise_id))
    yield "hidden test", paths.hidden_test
    if files is None:
        return
    for kind, path in (("stub", paths.stub), ("reference", paths.reference)):
        names = files if is_folder(files) else ("",)
        yield from ((kind, path / name) for name in names)
