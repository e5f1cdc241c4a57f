"""Fills points into one column of a course system's spreadsheet, and says what it left alone."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from grader.classroom import ClassRecord, Grade, Student
from grader.messages import inert_line
from grader.reports.rows import Row, who
from grader.reports.spans import Cell

# Three digits behind the sign could as well be thousands, so that nobody can be sure of them.
_NUMBER = re.compile(r"\s*(\d{1,9})(?:([.,])(\d{1,2}|\d{4,5}))?\s*", re.ASCII)
_CENT = Decimal("0.01")
_EMPTY = frozenset({"", "-"})
_EXCUSED = "ex"


@dataclass(frozen=True)
class Filled:
    """A file with points filled in: its bytes, the number of cells that hold ours now, and notes.

    A note says who was not found, or was left as it was and why, or that points were scaled.
    """

    content: bytes
    filled: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class GradeColumn:
    """A column for the points of one exercise.

    `possible` says how many points a row's cell can have at most, None where that cannot be read.
    `decimal_sign` is "." or ",".
    """

    index: int
    exercise: str
    possible: Callable[[Row], Decimal | None]
    decimal_sign: str = "."


@dataclass(frozen=True)
class ColumnFill:
    """What becomes of a column: the new texts of cells, how many hold ours now, and notes."""

    texts: Mapping[Cell, str]
    filled: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """What becomes of one cell: its new text, or why there is none, and what is to be said."""

    value: Decimal | None = None
    text: str = ""
    reason: str = ""
    remark: str = ""


def number_in(text: str) -> Decimal | None:
    """Return the number that is all of a text, with a decimal point or comma, else None."""
    match = _NUMBER.fullmatch(text)
    return Decimal(f"{match[1]}.{match[3] or 0}") if match else None


def decimal_sign(texts: Iterable[str]) -> str:
    """Return "," where one of the numbers has a decimal comma, else "."."""
    matches = (_NUMBER.fullmatch(text) for text in texts)
    return "," if any(match and match[2] == "," for match in matches) else "."


def fill_column(
    record: ClassRecord, rows: Iterable[tuple[Student, Row]], column: GradeColumn
) -> ColumnFill:
    """Return the new texts for the students' cells in a column.

    A cell is left as it is where there is no grade, where nothing was graded, and where something
    stands in it that is no number.
    """
    texts: dict[Cell, str] = {}
    filled = 0
    said: dict[str, list[str]] = {}
    for student, row in rows:
        entry = _entry(record, student, row, column)
        if entry.value is None:
            said.setdefault(f"left as it was, because {entry.reason}", []).append(who(student))
            continue
        filled += 1
        before = number_in(row[column.index].text)
        if before != entry.value:
            texts[row[column.index]] = entry.text
            if before is not None:
                said.setdefault("other points stood there, and were replaced", []).append(
                    who(student)
                )
        if entry.remark:
            said.setdefault(entry.remark, []).append(who(student))
    notes = (
        f"{inert_line(column.exercise)}: {sentence}: {', '.join(names)}."
        for sentence, names in said.items()
    )
    return ColumnFill(texts, filled, tuple(notes))


def _entry(record: ClassRecord, student: Student, row: Row, column: GradeColumn) -> _Entry:
    grade = record.by_pair.get((student.id, column.exercise))
    reason = _why_no_points(record, student, column, grade) or _why_untouched(row, column)
    if reason or grade is None:
        return _Entry(reason=reason)
    possible = column.possible(row)
    points, max_points = grade.result.points, grade.result.max_points
    if possible is None:
        return _Entry(reason="the file does not say how many points there are to earn")
    if possible == max_points:
        return _Entry(Decimal(points), str(points))
    if not max_points or not possible:
        return _Entry(reason="there are no points to earn")
    value = (points * possible / max_points).quantize(_CENT, ROUND_HALF_UP)
    text = str(value).replace(".", column.decimal_sign)
    return _Entry(
        value, text, remark=f"scaled from {max_points} points to {possible.normalize():f}"
    )


def _why_no_points(
    record: ClassRecord, student: Student, column: GradeColumn, grade: Grade | None
) -> str:
    if grade is None:
        pair = student.id, column.exercise
        if any((one.student, one.exercise) == pair for one in record.refusals):
            return "what was handed in was refused"
        return "nothing was handed in"
    return "" if grade.is_graded else "it is not graded, through no fault of the submission"


def _why_untouched(row: Row, column: GradeColumn) -> str:
    if column.index >= len(row):
        return "the row ends before that column"
    text = row[column.index].text.strip()
    if text.casefold() == _EXCUSED:
        return "the student is excused (EX)"
    if text in _EMPTY or number_in(text) is not None:
        return ""
    return f"something else stands there ({inert_line(text)[:40]})"
