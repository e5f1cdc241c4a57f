"""Cells of a spreadsheet: none begins a formula, breaks its row or hides what it says."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.cells import MAX_CELL_CHARACTERS, inert_cell

FORMULA = "=+-@＝＋－＠"  # noqa: RUF001
texts = st.text(
    st.characters() | st.sampled_from(FORMULA + ";,|\t\r\n \"'\0\u202e\u200b\ufeff\udcff")
)


@pytest.mark.parametrize("first", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\0", "\ufeff", "\u200b"])
def test_what_begins_a_formula_gets_a_quote(first: str, before: str) -> None:
    cell = inert_cell(f'{before}{first}HYPERLINK("http://example.org")')
    assert cell.strip() == f'\'{first}HYPERLINK("http://example.org")'


@pytest.mark.parametrize("sign", ";,|")
def test_no_formula_begins_where_another_program_ends_the_cell(sign: str) -> None:
    assert inert_cell(f"a{sign}=1") == f"a{sign}'=1"


@pytest.mark.parametrize("text", ["Ada", "Ada-Maria", "a@example.org", "1 + 1", "5", "Doe, Jane"])
def test_an_ordinary_text_stays(text: str) -> None:
    assert inert_cell(text) == text


def test_line_breaks_are_blanks_and_what_cannot_be_printed_is_left_out() -> None:
    assert inert_cell("a\r\nb\tc\u2028d\xa0e") == "a  b c d e"
    assert inert_cell("a\x1b[2J\0\u202eb\udcff") == "a[2Jb"


def test_a_cell_is_never_longer_than_programs_read() -> None:
    assert inert_cell("a" * MAX_CELL_CHARACTERS) == "a" * MAX_CELL_CHARACTERS
    cell = inert_cell("a,=" * MAX_CELL_CHARACTERS)
    assert len(cell) == MAX_CELL_CHARACTERS
    assert cell.endswith(" ... (cut)")
    assert list(csv.reader([f'"{cell}"'])) == [[cell]]


@given(texts)
def test_whatever_the_text_the_cell_is_one_line_that_begins_no_formula(text: str) -> None:
    cell = inert_cell(text)
    assert cell.isprintable()
    assert not re.search(rf"(?:^|[;,|]) *[{re.escape(FORMULA)}]", cell)
    assert inert_cell(cell) == cell


@given(st.lists(st.lists(texts.map(inert_cell), min_size=1, max_size=3), max_size=3))
def test_the_csv_module_reads_the_cells_as_they_were_written(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    assert list(csv.reader(io.StringIO(stream.getvalue()), strict=True)) == rows
    stream.getvalue().encode()
