"""Finds the row of each student in a course system's spreadsheet, by numbers and never by names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.classroom import Student
from grader.messages import inert_line
from grader.reports.spans import Cell

Row = tuple[Cell, ...]


def folded(text: str) -> str:
    """Return a text as it is compared: without blanks around it and without capital letters."""
    return text.strip().casefold()


@dataclass(frozen=True)
class IdColumn:
    """A column that says whom a row is about.

    `texts` are what can stand there for a student; `key` is what a cell says, as `folded`, or ""
    for nobody. `is_system` marks the system's own number: a student whose number is known
    (`system_id`) and stands there is looked for nowhere else.
    """

    index: int
    texts: Callable[[Student], tuple[str, ...]]
    key: Callable[[str], str] = folded
    is_system: bool = False


@dataclass(frozen=True)
class FoundRows:
    """The rows of those who have exactly one, and a sentence for everybody else."""

    rows: tuple[tuple[Student, Row], ...]
    notes: tuple[str, ...]


def who(student: Student) -> str:
    """Return a student's name and id, for a sentence."""
    id_ = inert_line(student.id)
    return f"{inert_line(student.name)} ({id_})" if student.name else id_


def system_number(student: Student) -> tuple[str, ...]:
    """Return what can stand for a student in the column of the system's own numbers."""
    return (student.system_id or student.id,)


def find_rows(
    rows: Sequence[Row], students: Iterable[Student], columns: Sequence[IdColumn]
) -> FoundRows:
    """Find the row of each student. Where two fit, or one fits two students, none is taken."""
    indexes = [_index(rows, column) for column in columns]
    found = {student: _fitting(student, columns, indexes) for student in students}
    owners: dict[int, list[Student]] = {}
    for student, numbers in found.items():
        for number in numbers:
            owners.setdefault(number, []).append(student)
    chosen: list[tuple[Student, Row]] = []
    notes: list[str] = []
    for student, numbers in found.items():
        note = _doubt(student, numbers, owners)
        if note:
            notes.append(note)
        else:
            chosen.append((student, rows[min(numbers)]))
    return FoundRows(tuple(chosen), tuple(notes))


def _index(rows: Sequence[Row], column: IdColumn) -> Mapping[str, list[int]]:
    """Return the numbers of the rows by what stands in a column."""
    index: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        key = column.key(row[column.index].text) if column.index < len(row) else ""
        if key:
            index.setdefault(key, []).append(number)
    return index


def _fitting(
    student: Student, columns: Sequence[IdColumn], indexes: Sequence[Mapping[str, list[int]]]
) -> set[int]:
    fitting: set[int] = set()
    for column, index in zip(columns, indexes, strict=True):
        keys = map(folded, column.texts(student))
        numbers = {number for key in keys for number in index.get(key, ())}
        if column.is_system and student.system_id and numbers:
            return numbers
        fitting |= numbers
    return fitting


def _doubt(student: Student, numbers: set[int], owners: Mapping[int, list[Student]]) -> str:
    """Return why a student has no row, or ""."""
    if not numbers:
        return f"{who(student)} is not in the file."
    if len(numbers) > 1:
        return f"{who(student)} fits {len(numbers)} rows of the file; none of them was filled."
    (number,) = numbers
    others = [who(one) for one in owners[number] if one != student]
    if others:
        return f"{who(student)} fits the same row as {', '.join(others)}; it was not filled."
    return ""
