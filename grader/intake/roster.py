"""Reads the list of a class: a CSV file with a line for each student."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.classroom import Student
from grader.errors import UsageError
from grader.intake.people import folded
from grader.messages import inert_line

COLUMNS = ("id", "name", "email", "section")
MAX_ROSTER_BYTES = 10 * 1024 * 1024


def read_roster(path: Path) -> tuple[Student, ...]:
    """Read the students of a roster, in the file's order.

    The first line names the columns: `id`, and `name`, `email` and `section` where they are known,
    in any order and case; others are left alone. Cells are parted by "," or ";".

    Raises:
        UsageError: when the file cannot be read, is no such CSV, or an id is empty or there twice.
    """
    shown = inert_line(str(path))
    rows = _rows(_text(path, shown), shown)
    line, header = next(rows, (1, []))
    columns = _columns(header, f"{shown}:{line}")
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, row in rows:
        place = f"{shown}:{line}"
        student = _student(row, columns, len(header), place)
        known = lines.setdefault(folded(student.id), line)
        if known != line:
            raise UsageError(
                f"{place}: the id {inert_line(student.id)} is that of line {known}, too (capital "
                "letters do not count); give each student one line and an id of their own"
            )
        students[student.id] = student
    if not students:
        raise UsageError(f"{shown} has no students; it needs a line for each below the header")
    return tuple(students.values())


def _text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_ROSTER_BYTES + 1)
    except OSError as error:
        raise UsageError(f"the roster {shown} cannot be read: {error.strerror}") from None
    if len(content) > MAX_ROSTER_BYTES:
        size = MAX_ROSTER_BYTES // 1024**2
        raise UsageError(f"{shown} has more than {size} MiB; is it the roster?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{shown}:{line} is not UTF-8; save it as CSV in UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UsageError(f"{shown}:{line} has a NUL byte; save it as CSV in UTF-8")
    return text


def _rows(text: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the line, cells) for each line that is not blank."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise UsageError(
            f"{shown}:{reader.line_num} cannot be read as CSV ({error}); mend the quotes there"
        ) from None


def _columns(header: list[str], place: str) -> Mapping[str, int]:
    """Return the places of the columns that are used."""
    names = [name.casefold() for name in header]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise UsageError(f"{place}: two columns are called {name}; rename one of them")
    if "id" not in names:
        found = inert_line(", ".join(header))[:200] or "nothing"
        raise UsageError(
            f"{place}: no column is called id (there is {found}); the first line names the "
            f"columns: {', '.join(COLUMNS)}"
        )
    return {name: names.index(name) for name in COLUMNS if name in names}


def _student(row: list[str], columns: Mapping[str, int], width: int, place: str) -> Student:
    if any(row[width:]):
        raise UsageError(
            f"{place}: the line has {len(row)} cells and the header {width}; put quotes around a "
            "cell that holds the sign between cells"
        )
    cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
    if not cells["id"]:
        raise UsageError(f"{place}: the id is empty; give every student one")
    if not cells["id"].isprintable():
        raise UsageError(
            f"{place}: the id {inert_line(cells['id'])} has a character that cannot be printed; "
            "write it anew"
        )
    return Student(**cells)
