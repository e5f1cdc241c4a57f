"""Fills points into a grading worksheet that was downloaded from Moodle, and names feedback files.

What Moodle reads: `mod/assign/feedback/offline/importgradeslib.php` and
`mod/assign/feedback/file/importziplib.php` of https://github.com/moodle/moodle. The worksheet's
header is in the teacher's language, so its columns are found by what stands in them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from grader.classroom import ClassRecord, Grade, Student
from grader.errors import UsageError
from grader.messages import inert_line
from grader.reports.rows import IdColumn, Row, find_rows, system_number
from grader.reports.sheet import Filled, GradeColumn, decimal_sign, fill_column, number_in
from grader.reports.spans import read_table

_FILE = "the worksheet"
_IDENTIFIER = re.compile(r"\s*\D+?(\d+)\s*", re.ASCII)
_EMAIL = re.compile(r"\s*[^\s@]+@[^\s@]+\s*")
_NOTHING = frozenset({"", "-"})
# What Moodle calls the column "Grade" (`get_string('grade')`) in some languages.
_GRADE = frozenset(
    {
        *("grade", "bewertung", "note", "calificación", "valutazione", "cijfer", "nota"),
        *("avaliação", "qualificació", "betyg", "karakter", "ocena", "оценка", "оцінка", "評点"),
    }
)
# What a download of submissions calls a student's folder or file (`classes/downloader.php`).
_DOWNLOADED = re.compile(
    r"(?P<name>[^/_]+)_(?P<number>\d+)_assignsubmission_.*", re.ASCII | re.DOTALL
)
_MAX_NAME_CHARACTERS = 80


def fill(
    worksheet: bytes, record: ClassRecord, exercise: str, grade_column: str | None = None
) -> Filled:
    """Return the worksheet with the points for one exercise filled in, and no other byte changed.

    Students are found by the number in the column Identifier (their `system_id`, else their id),
    or by their email address, never by name. `grade_column` is the title of the column for the
    points. Without it, it is the one that has the title in one of the languages known here, else
    the one that stands before the only column of maximum grades. Points are scaled where the
    maximum grade is another.

    Raises:
        UsageError: when the file is no such worksheet, the column cannot be told, or grades are
            given by a scale.
    """
    if exercise not in {topic.id for topic in record.topics}:
        known = ", ".join(inert_line(topic.id) for topic in record.topics)
        raise UsageError(f"{inert_line(exercise)} is no exercise of the class; it has: {known}")
    table = read_table(worksheet, _FILE)
    rows = tuple(row for row in table.rows[1:] if any(cell.text.strip() for cell in row))
    if not rows:
        raise UsageError(f"{_FILE} has no rows below its header; download it from Moodle anew")
    header = [cell.text.strip() for cell in table.rows[0]]
    found = find_rows(rows, record.students, list(_id_columns(rows, len(header))))
    column = _column(header, rows, exercise, grade_column)
    filled = fill_column(record, found.rows, column)
    return Filled(table.replaced(filled.texts), filled.filled, (*found.notes, *filled.notes))


def feedback_name(grade: Grade, student: Student) -> str:
    """Return the name under which Moodle takes a feedback file back, "" where there is none.

    It is a folder as in the download, and in it feedback.html. Moodle reads nothing of the folder's
    name but the student's number, and the name is only for people.
    """
    match = _DOWNLOADED.match(_folder_of(grade.place))
    number = student.system_id or (match["number"] if match else student.id)
    if not (number.isascii() and number.isdecimal()):
        return ""
    name = _plain(match["name"] if match else student.name)
    return f"{name}_{number}_assignsubmission_file_/feedback.html"


def _folder_of(place: str) -> str:
    """Return the part of a place that says whose it is, the last where several could."""
    parts = [part for part in PurePosixPath(place).parts if _DOWNLOADED.match(part)]
    return parts[-1] if parts else ""


def _plain(name: str) -> str:
    """Return a name as part of a folder's: letters, digits, blanks, "-" and "." inside of it."""
    kept = "".join(one if one.isalnum() or one in "-." else " " for one in name)
    return " ".join(kept.split())[:_MAX_NAME_CHARACTERS].strip(" -.") or "Participant"


def _id_columns(rows: Sequence[Row], width: int) -> Iterator[IdColumn]:
    """Yield the columns that tell who a row is about: numbers behind a word, and addresses.

    Moodle's own number is in the leftmost such column: others, such as a group's, are behind it.
    """
    for index in range(width):
        numbers = [_number_of(text) for text in _texts(rows, index)]
        if all(numbers) and len(set(numbers)) == len(rows):
            yield IdColumn(index, system_number, _number_of, is_system=True)
            break
    else:
        raise UsageError(
            f"{_FILE} has no column in which each row has a number of its own, as in Identifier "
            '("Participant 123"); download it from Moodle anew'
        )
    for index in range(width):
        addresses = [text for text in _texts(rows, index) if text.strip()]
        if addresses and all(map(_EMAIL.fullmatch, addresses)):
            yield IdColumn(index, lambda student: (student.email,))


def _number_of(text: str) -> str:
    match = _IDENTIFIER.fullmatch(text)
    return match[1] if match else ""


def _texts(rows: Iterable[Row], index: int) -> list[str]:
    return [row[index].text if index < len(row) else "" for row in rows]


def _column(
    header: Sequence[str], rows: Sequence[Row], exercise: str, title: str | None
) -> GradeColumn:
    index = _grade_index(header, rows, title)
    if not _is_maximum(rows, index + 1):
        raise UsageError(
            f"{_FILE} has no numbers behind the column {inert_line(header[index])}, so it does not "
            "say how many points there are to earn; does the assignment have a scale? Points need "
            "a maximum grade"
        )
    texts = [*_texts(rows, index), *_texts(rows, index + 1)]

    def possible(row: Row) -> Decimal | None:
        return number_in(row[index + 1].text) if index + 1 < len(row) else None

    return GradeColumn(index, exercise, possible, decimal_sign(texts))


def _grade_index(header: Sequence[str], rows: Sequence[Row], title: str | None) -> int:
    """Return the column of the grades: by its title, else by the maximum grades behind it."""
    named = [
        index
        for index, name in enumerate(header)
        if (name == title.strip() if title is not None else name.casefold() in _GRADE)
    ]
    shaped = [index for index in range(len(header)) if _is_grade(rows, index)]
    for candidates in (named,) if title is not None else (named, shaped):
        if len(candidates) == 1:
            return candidates[0]
    wanted = "the grades" if title is None else inert_line(title)
    shown = ", ".join(map(inert_line, header))
    raise UsageError(
        f"it cannot be told which column of {_FILE} is for {wanted}; name it by its title. "
        f"There is: {shown}"
    )


def _is_grade(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a column can hold grades: nothing or numbers, and maximum grades behind it."""
    texts = _texts(rows, index)
    fits = all(text.strip() in _NOTHING or number_in(text) is not None for text in texts)
    return fits and _is_maximum(rows, index + 1)


def _is_maximum(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a column can hold maximum grades: a number above 0 in every row."""
    numbers = [number_in(text) for text in _texts(rows, index)]
    return all(number is not None and number > 0 for number in numbers)
