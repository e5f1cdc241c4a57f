"""Points in one column: as they are or scaled, and what is left alone is said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from grader.classroom import ClassRecord
from grader.reports.rows import Row
from grader.reports.sheet import ColumnFill, GradeColumn, decimal_sign, fill_column, number_in
from grader.reports.spans import read_table
from reports.small_class import ADA, BROKEN, FAILED, PASSED, grade_of, record_of, small_class


def row_of(text: str) -> Row:
    """Return a row of one cell."""
    return read_table(f'"{text}"\n'.encode(), "x.csv").rows[0]


def filled(record: ClassRecord, text: str = "", possible: str = "5", sign: str = ".") -> ColumnFill:
    """Return what becomes of Ada's cell."""
    column = GradeColumn(0, "decorators", lambda row: number_in(possible), sign)
    return fill_column(record, [(ADA, row_of(text))], column)


GRADED = record_of(grade_of(ADA, PASSED, FAILED))


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", "7"), (" 7.5 ", "7.5"), ("7,25", "7.25"), ("0.00", "0"), ("10.00000", "10")],
)
def test_a_number_has_a_point_or_a_comma(text: str, number: str) -> None:
    assert number_in(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "-", "EX", "1,000", "1.000", "1,000.00", "-5", "1e3", "٣", "7 %", "1_0", "nan"]
)
def test_what_could_be_something_else_is_no_number(text: str) -> None:
    assert number_in(text) is None


def test_one_decimal_comma_tells_how_numbers_are_written() -> None:
    assert decimal_sign(["7", "", "7,5", "8.5"]) == ","
    assert decimal_sign(["7", "7.5", "x,y"]) == "."


@pytest.mark.parametrize("before", ["", "-", "1", "4.50"])
def test_points_are_written_as_they_are(before: str) -> None:
    fill = filled(GRADED, before)
    assert list(fill.texts.values()) == ["3"]
    assert fill.filled == 1


def test_points_that_are_there_already_stay_byte_for_byte() -> None:
    fill = filled(GRADED, "3.00")
    assert fill == ColumnFill({}, 1, ())


def test_other_points_are_replaced_and_it_says_so() -> None:
    (note,) = filled(GRADED, "5").notes
    assert note == ("decorators: other points stood there, and were replaced: Lovelace, Ada (ada).")


@pytest.mark.parametrize(
    ("possible", "sign", "text"),
    [("10.00", ".", "6.00"), ("10", ",", "6,00"), ("100", ".", "60.00"), ("4.5", ".", "2.70")],
)
def test_points_are_scaled_to_what_there_is_to_earn(possible: str, sign: str, text: str) -> None:
    fill = filled(GRADED, possible=possible, sign=sign)
    assert list(fill.texts.values()) == [text]
    assert fill.notes[0].startswith("decorators: scaled from 5 points to ")


def test_half_a_cent_is_rounded_up() -> None:
    third = record_of(grade_of(ADA, replace(PASSED, max_points=1), replace(FAILED, max_points=7)))
    assert list(filled(third, possible="1").texts.values()) == ["0.13"]


@pytest.mark.parametrize(
    ("record", "text", "said"),
    [
        (record_of(), "4", "nothing was handed in"),
        (record_of(refusals=small_class().refusals), "4", "nothing was handed in"),
        (record_of(grade_of(ADA, PASSED, BROKEN)), "4", "it is not graded, through no fault"),
        (GRADED, "EX", "the student is excused"),
        (GRADED, " ex ", "the student is excused"),
        (GRADED, "N/A", r"something else stands there (N/A)"),
        (GRADED, "=1+1", r"something else stands there (=1+1)"),
        (GRADED, "\x1b[2J", r"something else stands there (\x1b[2J)"),
        (record_of(grade_of(ADA, replace(PASSED, max_points=0))), "", "no points to earn"),
    ],
)
def test_a_cell_without_points_is_left_as_it_was(record: ClassRecord, text: str, said: str) -> None:
    fill = filled(record, text)
    assert (fill.texts, fill.filled) == ({}, 0)
    (note,) = fill.notes
    assert note.startswith("decorators: left as it was, because ")
    assert said in note
    assert note.endswith(": Lovelace, Ada (ada).")


@pytest.mark.parametrize(("possible", "said"), [("x", "does not say"), ("0", "no points to earn")])
def test_without_points_to_earn_nothing_is_scaled(possible: str, said: str) -> None:
    fill = filled(GRADED, possible=possible)
    assert fill.filled == 0
    assert said in fill.notes[0]


def test_a_row_that_is_too_short_is_left_alone() -> None:
    column = GradeColumn(3, "decorators", lambda row: Decimal(5))
    fill = fill_column(GRADED, [(ADA, row_of("x"))], column)
    assert fill.filled == 0
    assert "the row ends before that column" in fill.notes[0]
