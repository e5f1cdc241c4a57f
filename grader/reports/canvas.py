"""Fills points into a gradebook that was exported from Canvas, and names feedback files for it.

What Canvas reads: `lib/gradebook_importer.rb` of https://github.com/instructure/canvas-lms. It
takes the number at the end of a column's title for the assignment's, and an unknown title for a new
assignment; hence nothing is filled in but cells of columns that are there already.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.classroom import ClassRecord, Grade, Student
from grader.errors import UsageError
from grader.messages import inert_line
from grader.reports.rows import IdColumn, Row, find_rows, system_number
from grader.reports.sheet import (
    ColumnFill,
    Filled,
    GradeColumn,
    decimal_sign,
    fill_column,
    number_in,
)
from grader.reports.spans import Cell, Table, read_table

_FILE = "the gradebook"
_POINTS_POSSIBLE = "Points Possible"
_NO_STUDENT = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_READ_ONLY = re.compile(r"read\s+only", re.IGNORECASE)
_TITLE_AND_ID = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)", re.DOTALL)
_ABOUT_STUDENTS = frozenset(
    {
        *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID"),
        *("Integration ID", "Root Account", "Section"),
    }
)
_TOTAL = re.compile(r"(?:Current|Final|Override) (?:Score|Points|Grade|Status)")
# What a download of submissions calls a file, where it was uploaded (`lib/content_zipper.rb`).
_DOWNLOADED = re.compile(
    r"(?P<name>.+?)_(?:LATE_)?(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)", re.ASCII | re.DOTALL
)


@dataclass(frozen=True)
class _Gradebook:
    """The export's parts: header, the row of points possible, and the rows about students."""

    table: Table
    header: tuple[str, ...]
    possible: Row
    rows: tuple[Row, ...]


def fill(
    export: bytes, record: ClassRecord, assignments: Mapping[str, str] | None = None
) -> Filled:
    """Return the export with the points of a class filled in, and no other byte changed.

    `assignments` maps ids of exercises to columns, each by its title, with or without the number
    behind it, or by that number. Without it an exercise's column is the one that has the
    exercise's id or title. Points are scaled where a column has other points possible. Students
    are found by Canvas's number, else by SIS User ID, SIS Login ID or email, never by name.

    Raises:
        UsageError: when the file is no such export, or a column that was named is not there.
    """
    book = _read(export)
    columns, notes = _columns(book, record, assignments or {})
    found = find_rows(book.rows, record.students, _id_columns(book.header))
    fills = [
        fill_column(record, found.rows, _grade_column(book, exercise, index))
        for exercise, index in columns.items()
    ]
    return _joined(book.table, fills, (*notes, *found.notes))


def feedback_name(grade: Grade, student: Student) -> str:
    """Return the name under which Canvas takes a feedback file back, "" where there is none.

    It is that of the student's file in the download (`doejane_123_456_decorators.py`): Canvas finds
    the student by the first number in it and their attachment by the second, and shows the
    feedback under the attachment's own name, whatever is inside. So it should be plain text.
    """
    match = _DOWNLOADED.fullmatch(PurePosixPath(grade.place).name)
    if not match or match["name"].removeprefix("LATE_") == "anon":
        return ""
    if student.system_id not in {"", match["user"]}:
        return ""
    # A "-" makes no new part of the name, as "_" would.
    name, file = (re.sub(r"[^\w.-]", "-", match[part]) for part in ("name", "file"))
    return f"{name.lstrip('.-') or 'student'}_{match['user']}_{match['attachment']}_{file}"


def _joined(table: Table, fills: Sequence[ColumnFill], notes: tuple[str, ...]) -> Filled:
    texts: dict[Cell, str] = {}
    for one in fills:
        texts |= one.texts
        notes += one.notes
    return Filled(table.replaced(texts), sum(one.filled for one in fills), notes)


def _read(export: bytes) -> _Gradebook:
    table = read_table(export, _FILE, ",;")
    header = tuple(cell.text.strip() for cell in table.rows[0]) if table.rows else ()
    if "ID" not in header or not ("Student" in header[0] or header[0] == "LastName"):
        raise UsageError(
            f"{_FILE} does not begin with the columns Student and ID; export it from Canvas "
            "(Grades, Export) and leave it as it is"
        )
    for number, row in enumerate(table.rows):
        if _POINTS_POSSIBLE in row[0].text:
            rows = tuple(one for one in table.rows[number + 1 :] if _is_about_student(one))
            return _Gradebook(table, header, row, rows)
    raise UsageError(f'{_FILE} has no row "{_POINTS_POSSIBLE}"; export it from Canvas anew')


def _is_about_student(row: Row) -> bool:
    return not all(_NO_STUDENT.fullmatch(cell.text) for cell in row)


def _id_columns(header: Sequence[str]) -> list[IdColumn]:
    """Return the columns that tell who a row is about."""
    texts: dict[str, Callable[[Student], tuple[str, ...]]] = {
        "SIS User ID": lambda student: (student.id,),
        "SIS Login ID": lambda student: (student.id, student.email),
        "Email": lambda student: (student.email,),
    }
    number = IdColumn(header.index("ID"), system_number, is_system=True)
    others = (IdColumn(index, texts[name]) for index, name in enumerate(header) if name in texts)
    return [number, *others]


def _columns(
    book: _Gradebook, record: ClassRecord, assignments: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the column of each exercise that has one, and notes about the others."""
    if assignments:
        return _named_columns(book, record, assignments), ()
    columns: dict[str, int] = {}
    notes = []
    for topic in record.topics:
        fitting = [
            index for index, title, _ in _assignments(book) if title in {topic.id, topic.title}
        ]
        if len(fitting) == 1:
            columns[topic.id] = fitting[0]
        else:
            count = len(fitting) or "no"
            notes.append(
                f"{inert_line(topic.id)}: {count} columns have its id or its title, so nothing was "
                "filled in for it; name its column."
            )
    if not columns:
        raise UsageError(
            f"{_FILE} has no column that can be told to be for one of the class's exercises; name "
            f"one. It has: {_titles(book)}"
        )
    _check_distinct(columns)
    return columns, tuple(notes)


def _named_columns(
    book: _Gradebook, record: ClassRecord, assignments: Mapping[str, str]
) -> dict[str, int]:
    columns = {}
    for exercise, name in assignments.items():
        if exercise not in {topic.id for topic in record.topics}:
            known = ", ".join(inert_line(topic.id) for topic in record.topics)
            raise UsageError(f"{inert_line(exercise)} is no exercise of the class; it has: {known}")
        fitting = [
            index
            for index, title, number in _assignments(book)
            if name.strip() in {title, number, book.header[index]}
        ]
        if len(fitting) != 1:
            raise UsageError(
                f"{len(fitting) or 'no'} columns of {_FILE} are called {inert_line(name)} (for "
                f"{inert_line(exercise)}); name one by the number behind it. It has: "
                f"{_titles(book)}"
            )
        columns[exercise] = fitting[0]
    _check_distinct(columns)
    return columns


def _check_distinct(columns: Mapping[str, int]) -> None:
    owners: dict[int, str] = {}
    for exercise, index in columns.items():
        other = owners.setdefault(index, exercise)
        if other != exercise:
            raise UsageError(
                f"{inert_line(other)} and {inert_line(exercise)} have the same column of {_FILE}; "
                "name one for each"
            )


def _assignments(book: _Gradebook) -> Iterator[tuple[int, str, str]]:
    """Yield (index, title, number) of each column that holds points which Canvas reads."""
    for index, name in enumerate(book.header):
        possible = book.possible[index].text if index < len(book.possible) else ""
        if (
            name in _ABOUT_STUDENTS
            or not name
            or _TOTAL.search(name)
            or _READ_ONLY.search(possible)
        ):
            continue
        match = _TITLE_AND_ID.fullmatch(name)
        yield (index, match["title"], match["id"]) if match else (index, name, name)


def _titles(book: _Gradebook) -> str:
    titles = [inert_line(book.header[index]) for index, _, _ in _assignments(book)]
    return ", ".join(titles) or "none"


def _grade_column(book: _Gradebook, exercise: str, index: int) -> GradeColumn:
    possible = number_in(book.possible[index].text) if index < len(book.possible) else None
    if possible is None:
        raise UsageError(
            f'{_FILE} does not say in its row "{_POINTS_POSSIBLE}" how many points there are to '
            f"earn in the column {inert_line(book.header[index])}; put a number there in Canvas "
            "and export it anew"
        )
    texts = [row[index].text for row in (book.possible, *book.rows) if index < len(row)]
    return GradeColumn(index, exercise, lambda row: possible, decimal_sign(texts))
