"""Whose row it is: by numbers and addresses, and nobody's where two could be meant."""

from dataclasses import replace

import pytest

from grader.classroom import Student
from grader.reports.rows import IdColumn, find_rows, system_number
from grader.reports.spans import read_table
from reports.small_class import ADA, BOB

COLUMNS = (
    IdColumn(0, system_number, is_system=True),
    IdColumn(1, lambda student: (student.id,)),
    IdColumn(2, lambda student: (student.email,)),
)


def found(content: str, *students: Student) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Return (student's id, last cell of their row) for whoever is found, and the notes."""
    rows = read_table(content.encode(), "x.csv", ",").rows
    result = find_rows(rows, students, COLUMNS)
    return [(student.id, row[-1].text) for student, row in result.rows], result.notes


UNKNOWN_NUMBER = replace(ADA, system_id="")


@pytest.mark.parametrize(
    "content",
    ["101,,,here\n102,ada,ada@example.org,not", "9,ADA ,,here", "9,x, Ada@Example.org ,here"],
)
def test_the_systems_number_is_surest_then_id_and_address(content: str) -> None:
    assert found(content, ADA) == ([("ada", "here")], ())


def test_an_id_can_be_the_systems_number() -> None:
    assert found("ada,x,,here", UNKNOWN_NUMBER) == ([("ada", "here")], ())


def test_nobody_is_found_by_an_empty_text() -> None:
    rows, notes = found(",,,a\n9,,,b", Student("dee"))
    assert rows == []
    assert notes == ("dee is not in the file.",)


@pytest.mark.parametrize(
    ("content", "student"),
    [
        ("101,,,a\n101,,,b", ADA),
        # A number of the roster that is by chance the system's number of somebody else.
        ("ada,x,,a\n5,ada,,b", UNKNOWN_NUMBER),
        ("5,ada,,a\n6,x,ada@example.org,b", UNKNOWN_NUMBER),
    ],
)
def test_where_two_rows_fit_none_is_taken(content: str, student: Student) -> None:
    rows, notes = found(content, student)
    assert rows == []
    assert notes == ("Lovelace, Ada (ada) fits 2 rows of the file; none of them was filled.",)


def test_a_row_that_fits_two_students_is_nobodys() -> None:
    other = replace(BOB, system_id="", email="ADA@example.org")
    rows, notes = found("101,,ada@example.org,a\n7,x,,b", ADA, other)
    assert rows == []
    assert notes == (
        "Lovelace, Ada (ada) fits the same row as Bob (bob); it was not filled.",
        "Bob (bob) fits the same row as Lovelace, Ada (ada); it was not filled.",
    )


def test_a_name_does_nothing_in_a_note() -> None:
    _, (note,) = found("1,y,,a", Student("x\n", "\x1b[2J\u202e"))
    assert note == "\\x1b[2J\\u202e (x\\n) is not in the file."
