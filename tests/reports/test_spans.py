"""Cells by their bytes: all bytes accounted for, the same cells as the csv module, no guessing."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.reports.spans import Table, read_table

BOM = b"\xef\xbb\xbf"
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
delimiters = st.sampled_from(",;\t")
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(',;\t"\r\n =ä🙂'),
    max_size=8,
)
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=4)


def written(rows: list[list[str]], delimiter: str, line_end: str, quoting: int) -> bytes:
    """Return the file that the csv module writes."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(
        rows
    )
    return stream.getvalue().encode()


def texts_of(table: Table) -> list[list[str]]:
    """Return what the cells say."""
    return [[cell.text for cell in row] for row in table.rows]


def with_the_csv_module(content: bytes, delimiter: str) -> list[list[str]]:
    """Return what the csv module reads; a blank line is a row of one empty cell."""
    stream = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [row or [""] for row in csv.reader(stream, delimiter=delimiter, strict=True)]


def joined(table: Table) -> bytes:
    """Return the bytes of all cells and of all that is between them."""
    content = table.content
    parts = []
    done = 0
    for cell in (cell for row in table.rows for cell in row):
        parts += content[done : cell.start], content[cell.start : cell.end]
        done = cell.end
    return b"".join([*parts, content[done:]])


@given(
    tables,
    delimiters,
    line_ends,
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
)
def test_the_cells_are_those_of_the_csv_module_and_the_bytes_add_up(
    rows: list[list[str]], delimiter: str, line_end: str, quoting: int, has_bom: bool
) -> None:
    content = (BOM if has_bom else b"") + written(rows, delimiter, line_end, quoting)
    table = read_table(content, "x.csv", delimiter)
    assert texts_of(table) == with_the_csv_module(content, delimiter)
    assert joined(table) == content
    assert table.replaced({}) == content
    assert table.replaced({cell: cell.text for row in table.rows for cell in row}) == content


@given(st.text(st.sampled_from('a,"\r\n;ä'), max_size=20))
def test_what_it_takes_the_csv_module_takes_and_reads_alike(text: str) -> None:
    content = text.encode()
    try:
        table = read_table(content, "x.csv", ",")
    except UsageError:
        return
    assert texts_of(table) == with_the_csv_module(content, ",")
    assert joined(table) == content


@given(tables, delimiters, line_ends, st.data())
def test_a_replaced_cell_changes_no_other_and_no_byte_around_it(
    rows: list[list[str]], delimiter: str, line_end: str, data: st.DataObject
) -> None:
    content = written(rows, delimiter, line_end, csv.QUOTE_MINIMAL)
    table = read_table(content, "x.csv", delimiter)
    row = data.draw(st.integers(0, len(table.rows) - 1))
    column = data.draw(st.integers(0, len(table.rows[row]) - 1))
    text = data.draw(texts.filter(bool))
    cell = table.rows[row][column]
    changed = table.replaced({cell: text})
    assert changed.startswith(content[: cell.start])
    assert changed.endswith(content[cell.end :])
    expected = texts_of(table)
    expected[row][column] = text
    assert texts_of(read_table(changed, "x.csv", delimiter)) == expected


def test_a_cell_keeps_its_quotes_and_gets_some_where_it_needs_them() -> None:
    table = read_table(b'"a",b,c\r\n', "x.csv")
    first, second, third = table.rows[0]
    assert table.replaced({first: "1", second: "2,5", third: "3"}) == b'"1","2,5",3\r\n'


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (b"a,b;c,d", ","),
        (b"a;b;c,d", ";"),
        (b'"Doe, Jane";"ID"\n', ";"),
        (b'"a;b","c"\n', ","),
        (b"a\tb", "\t"),
        (b"a", ","),
        (b"", ","),
    ],
)
def test_the_sign_between_cells_is_found_in_the_first_line(content: bytes, delimiter: str) -> None:
    assert read_table(content, "x.csv").delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a,b\n"c,d', "x.csv:2: a quote is opened"),
        (b'a,b\n"c""', "x.csv:2: a quote is opened"),
        (b'a,b\n"c"d,e', "x.csv:2: a cell goes on behind its closing quote"),
        (b'"a\n\n","b"\nc"d,e', "x.csv:4: a quote stands in the middle"),
        (b"a,b\n\xff,c", "x.csv:2 is not UTF-8"),
        (b"a,b\nc\0,d", "x.csv:2 has a NUL byte"),
        ("a,b".encode("utf-16"), "x.csv is in UTF-16"),
    ],
)
def test_what_it_is_not_sure_of_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match="^" + said.replace(".", r"\.")):
        read_table(content, "x.csv")


def test_a_large_quoted_cell_is_no_burden() -> None:
    content = b'a,b\n"' + b'x""' * 200_000 + b'",c\n'
    assert len(read_table(content, "x.csv").rows[1][0].text) == 400_000
