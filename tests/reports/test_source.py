"""How a file of a student's is shown: whole, with its line numbers, and with nothing hidden."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.messages import inert
from grader.reports.source import MAX_CHARACTERS, MAX_LINES, Source, show_source
from reports.pages import Element, read_page

code = st.text(st.characters() | st.sampled_from("<>&\"'`{}#\\\t \n\r\x00\u202e\x85"), max_size=60)


def element_of(source: Source) -> Element:
    return read_page(f"<!DOCTYPE html>\n{source.html}").one("div", class_="source")


def shown_in(source: Source) -> list[tuple[str, str]]:
    """Return the lines that are shown, each as (id, text without the number)."""
    lines = [one for one in element_of(source).all("span") if "id" in one.attributes]
    return [
        (
            line.attributes["id"],
            line.text.removeprefix(line.one(class_="linenos").text).removesuffix("\n"),
        )
        for line in lines
    ]


def kinds_in(source: Source) -> set[str]:
    """Return the classes that highlighting has given."""
    return {name for one in element_of(source).all("span") for name in one.classes} - {"linenos"}


@given(code)
@settings(deadline=None)
def test_every_character_is_shown_inert_and_nothing_else(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    source = show_source("a.py", content, "code-1")
    decoded = content.decode("utf-8-sig", "backslashreplace")
    lines = inert(decoded.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    shown = [line for _, line in shown_in(source)]
    assert shown == (lines[:-1] if lines[-1] == "" and len(lines) > 1 else lines)
    assert {one.tag for one in element_of(source).all()} <= {"pre", "code", "span"}


def test_lines_have_numbers_and_ids() -> None:
    source = show_source("a.py", b"\n\ndef f():\n    pass\n\n", "code-2-1")
    numbers = [one.text.strip() for one in element_of(source).all(class_="linenos")]
    assert numbers == ["1", "2", "3", "4", "5"]
    assert [place for place, _ in shown_in(source)] == [f"code-2-1-{n}" for n in range(1, 6)]
    assert source.lines == 5


def test_python_is_highlighted_and_anything_else_is_not() -> None:
    assert {"k", "nf"} <= kinds_in(show_source("a.py", b"def f(): pass", "c"))
    assert kinds_in(show_source("a.txt", b"def f(): pass", "c")) == set()


def test_what_hides_code_is_shown_as_an_escape() -> None:
    content = "x = 'a\u202e' # \u200b\x1b[2J\x00".encode() + b"\xff"
    (line,) = shown_in(show_source("a.py", content, "c"))
    assert line[1] == r"x = 'a\u202e' # \u200b\x1b[2J\x00\xff"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_are_those_of_python(end: bytes) -> None:
    lines = shown_in(show_source("a.py", end.join([b"\xef\xbb\xbfa = 1", b"b = 2", b""]), "c"))
    assert [text for _, text in lines] == ["a = 1", "b = 2"]


def test_a_separator_that_is_no_line_end_of_python_begins_no_line() -> None:
    lines = shown_in(show_source("a.py", "a = '\u2028\x0c\x85'\n".encode(), "c"))
    assert [text for _, text in lines] == [r"a = '\u2028\x0c\x85'"]


def test_an_empty_file_has_one_line() -> None:
    source = show_source("a.py", b"", "c")
    assert shown_in(source) == [("c-1", "")]
    assert source.left_out == ""


# The lexer would need minutes for them.
@pytest.mark.parametrize("blanks", [b" \n" * 500, b"case" + b" " * 500 + b"_", b"\t" * 500])
def test_where_there_are_many_blanks_nothing_is_highlighted(blanks: bytes) -> None:
    assert kinds_in(show_source("a.py", b"def f(): pass\n" + blanks, "c")) == set()


@pytest.mark.parametrize(
    ("content", "lines"),
    [(b"x\n" * (MAX_LINES + 5), MAX_LINES), (b"x" * (MAX_CHARACTERS + 1), 1)],
    ids=["lines", "characters"],
)
def test_of_a_long_file_the_first_part_is_shown(content: bytes, lines: int) -> None:
    source = show_source("a.py", content, "c")
    assert len(shown_in(source)) == source.lines == lines
    assert "too long to be shown whole" in source.left_out


def test_escapes_do_not_make_a_page_longer_than_it_may_be() -> None:
    source = show_source("a.py", b"\x00" * MAX_CHARACTERS, "c")
    assert sum(len(text) for _, text in shown_in(source)) == MAX_CHARACTERS
    assert source.left_out


def test_a_file_of_the_longest_kind_is_shown_whole() -> None:
    assert show_source("a.py", b"x\n" * MAX_LINES, "c").left_out == ""
