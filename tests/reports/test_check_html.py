"""The page of a check: what it shows, that it needs nothing else, and that texts stay texts."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.findings import Check, Code, Kind
from grader.messages import inert
from grader.reports.check_html import render
from reports.checks import (
    DIFF,
    FAULT,
    MATRIX,
    NOT_CHECKED,
    NOTE,
    NOTHING,
    a_check,
    a_large_matrix,
    check_with,
)
from reports.pages import Element, read_page

HOSTILE = (
    "</style></title></pre><script>alert(1)</script><img src=http://example.org onerror=x>"
    "\"' onmouseover=x &amp; <!-- ]]> {{ 7 * 7 }} {% raw %} \u202e\x1b[31m\x00\udcff"
)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "article", "div"),
    *("h1", "h2", "h3", "h4", "p", "a", "span", "strong", "code", "pre", "ul", "li"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary"),
    *("dl", "dt", "dd"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "id", "href", "title", "scope", "colspan"),
    *("open", "role", "tabindex", "aria-labelledby"),
}

texts = st.text(st.characters() | st.sampled_from("<>&\"'`{}%\n\x00\r\udcff"), max_size=20)
some_checks = pytest.mark.parametrize(
    "checks",
    [
        [],
        [a_check(FAULT, NOTE, replace(FAULT, code=Code.WEAK, details=DIFF))],
        [a_check(), a_check(NOT_CHECKED, matrix=NOTHING, exercise="triple")],
        [check_with(HOSTILE)],
    ],
    ids=["none", "faults", "not checked", "hostile"],
)


def page_of(*checks: Check) -> Element:
    return read_page(render(checks))


def summary_of(check: Check) -> list[str]:
    """Return the cells of an exercise's row in the summary."""
    body = page_of(check).one(class_="summary").one("tbody")
    return [cell.words for cell in body.one("tr").children if isinstance(cell, Element)]


def rows_of(matrix: Element) -> dict[str, Element]:
    """Return the rows of a drawn matrix that have squares, by their names or headings."""
    rows = [row for row in matrix.all("tr") if list(row.all("td"))]
    return {next(row.one("th").all("code"), row.one("th")).words: row for row in rows}


def squares_of(row: Element) -> list[str]:
    return [cell.text for cell in row.all("td")]


# What holds for the whole page


@some_checks
def test_a_page_holds_only_what_it_may(checks: list[Check]) -> None:
    elements = list(page_of(*checks).all())
    assert {element.tag for element in elements} <= TAGS
    assert {name for element in elements for name in element.attributes} <= ATTRIBUTES


@some_checks
def test_links_lead_to_places_of_the_page(checks: list[Check]) -> None:
    elements = list(page_of(*checks).all())
    places = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(places) == len(set(places))
    links = [element.attributes["href"] for element in elements if "href" in element.attributes]
    labels = [element.attributes.get("aria-labelledby") for element in elements]
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} | set(filter(None, labels)) <= set(places)


@some_checks
def test_headings_go_down_one_by_one(checks: list[Check]) -> None:
    page = page_of(*checks)
    levels = [int(one.tag[1]) for one in page.all() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@some_checks
def test_tables_say_what_they_are_and_their_headings_what_they_head(checks: list[Check]) -> None:
    for table in page_of(*checks).all("table"):
        assert table.one("caption").words
        assert {head.attributes.get("scope") for head in table.all("th")} <= {
            *("col", "row", "rowgroup"),
        }


def test_a_page_has_a_language_and_a_title() -> None:
    page = page_of(a_check(), a_check(exercise="triple"))
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("title").text == page.one("h1").text == "Check of 2 exercises"


def test_every_exercise_has_a_section_in_the_order_of_the_checks() -> None:
    names = ["triple", "double", "half"]
    page = page_of(*(a_check(exercise=name) for name in names))
    assert [head.words.split()[1] for head in page.all("h2")] == names
    links = page.one(class_="summary").all("a")
    assert [link.attributes["href"] for link in links] == [f"#exercise-{name}" for name in names]


def test_what_holds_for_all_is_added_up() -> None:
    page = page_of(a_check(FAULT), a_check(exercise="triple"))
    paragraph = next(page.one("main").all("p")).words
    assert paragraph == "1 exercise with faults. Strength over all: 0.667 (4 of 6 mutants)."


# Texts


@given(texts)
@settings(max_examples=50, deadline=None)
def test_whatever_a_text_holds_it_stays_a_text(text: str) -> None:
    page = page_of(check_with(text))
    assert {one.tag for one in page.all()} <= TAGS
    assert {name for one in page.all() for name in one.attributes} <= ATTRIBUTES
    link = page.one(class_="summary").one("a")
    assert link.text == inert(text)
    assert link.attributes["href"] == f"#exercise-{inert(text)}"


def test_hostile_text_is_shown_as_it_is_but_inert() -> None:
    page = page_of(check_with(HOSTILE))
    shown = inert(HOSTILE)
    assert next(page.all("pre")).text == f"{shown}\n-{shown}\n+{shown}\n"
    assert next(page.all(class_="test")).attributes["title"] == f"{shown} (1 point): {shown}"
    cell = next(page.one(class_="matrix").one("thead").all("code"))
    assert cell.text == shown
    row = next(page.one(class_="matrix").all(class_="survives"))
    assert row.one("th").attributes["title"] == f"{shown}: {shown}"


def test_a_page_is_utf_8_and_printable_whatever_a_text_holds() -> None:
    html = render([check_with(HOSTILE)])
    assert html.encode("utf-8")
    assert html.replace("\n", "").isprintable()


def test_backquotes_mark_code_in_a_sentence() -> None:
    finding = replace(FAULT, message="`double` is `None`, and a ` alone is nothing")
    paragraphs = list(page_of(a_check(finding)).one(class_="finding").all("p"))
    assert [code.text for code in paragraphs[1].all("code")] == ["double", "None"]
    assert paragraphs[1].text == "double is None, and a ` alone is nothing"


# Summary


def test_the_summary_says_what_was_measured() -> None:
    assert summary_of(a_check(FAULT, NOTE, seconds=1.25)) == [
        "✗ double Twice as much",
        "1 fault 1 note",
        "✗ 0.66",
        "1 of 2",
        "2 of 3",
        "2",
        "1.2 s",
    ]


def test_strength_is_marked_only_where_it_is_too_low() -> None:
    rows = tuple(row for row in MATRIX.rows if row.caught_by)
    assert summary_of(a_check(matrix=replace(MATRIX, rows=rows)))[2] == "1.00"


def test_what_could_not_be_checked_has_no_numbers() -> None:
    check = a_check(NOT_CHECKED, matrix=NOTHING)
    assert summary_of(check) == [
        "? double Twice as much",
        "not checked",
        *("–", "–", "–", "0", "–"),  # noqa: RUF001 - a dash for no number
    ]
    assert list(page_of(check).all(class_="matrix")) == []


def test_a_check_with_notes_alone_has_no_fault() -> None:
    cells = summary_of(a_check(NOTE, NOTE))
    assert cells[:2] == ["✓ double Twice as much", "no fault 2 notes"]


# Findings


def test_a_finding_says_what_is_wrong_where_and_what_to_do() -> None:
    article = page_of(a_check(FAULT)).one(class_="finding")
    assert article.one("h4").text == "Fault: wrong-solution-passes"
    assert [paragraph.text for paragraph in article.all("p")] == [
        FAULT.place,
        FAULT.message,
        f"→ {FAULT.remedy}",
    ]


def test_a_note_is_called_one() -> None:
    assert page_of(a_check(NOTE)).one(class_="finding").one("h4").text == "Note: test-redundant"


def test_lines_below_a_sentence_keep_their_places() -> None:
    finding = replace(FAULT, message="it does not load:\n    x =\n      ^")
    article = page_of(a_check(finding)).one(class_="finding")
    assert article.one("pre").text == "    x =\n      ^"
    assert list(article.all("p"))[1].text == "it does not load:"


def test_the_lines_of_a_diff_are_told_apart() -> None:
    pre = page_of(a_check(replace(FAULT, details=DIFF))).one("pre")
    assert pre.text == "".join(f"{line}\n" for line in DIFF)
    assert [line.attributes["class"] for line in pre.all("span")] == [
        *("file", "file", "hunk", "other", "removed", "added", "note"),
    ]


@pytest.mark.parametrize(("lines", "is_open"), [(30, True), (31, False)])
def test_many_details_are_folded(lines: int, is_open: bool) -> None:
    finding = replace(FAULT, details=("a line",) * lines)
    details = page_of(a_check(finding)).one(class_="finding").one("details")
    assert ("open" in details.attributes) is is_open
    assert details.one("summary").text == f"Details ({lines} lines)"


def test_an_exercise_without_findings_says_so() -> None:
    section = page_of(a_check()).one("section")
    assert list(section.all(class_="finding")) == []
    assert "Nothing was found." in section.words


# Matrix


def test_each_square_says_whether_a_test_catches_a_row_and_whether_it_alone_does() -> None:
    rows = rows_of(page_of(a_check()).one(class_="matrix"))
    assert {name: squares_of(row) for name, row in rows.items()} == {
        "squares": ["◆", "", ""],
        "adds_two": ["", "", ""],
        "double.py:2 #1": ["◆", "", ""],
        "double.py:2 #2": ["✓", "✓", ""],
        "double.py:2 #3": ["", "", ""],
        "double.py:2 #4": ["", "✓", ""],
        "double.py:3 #5": ["", "", ""],
        "catches": ["3", "1", "0"],
        "catches alone": ["2", "0", "0"],
    }


def test_a_column_has_a_name_points_and_its_title_in_a_tooltip() -> None:
    heads = list(page_of(a_check()).one(class_="matrix").all(class_="test"))
    assert [head.text for head in heads] == ["double (2)", "zero (1)", "idle (1)"]
    title = "test_double (2 points): `double` gives twice a number."
    assert heads[0].attributes["title"] == title


def test_rows_stand_in_groups_that_say_how_many_are_caught() -> None:
    matrix = page_of(a_check()).one(class_="matrix")
    assert [head.text for head in matrix.all(class_="kind")] == [
        "Wrong solutions: 1 of 2 caught",
        "Mutants of the reference: 2 of 3 caught",
        "Equivalent mutants, which do not count: 1 of 2 caught",
    ]


def test_a_kind_that_has_no_row_has_no_group() -> None:
    rows = tuple(row for row in MATRIX.rows if row.kind is Kind.MUTANT)
    matrix = page_of(a_check(matrix=replace(MATRIX, rows=rows))).one(class_="matrix")
    assert [head.text for head in matrix.all(class_="kind")] == [
        "Mutants of the reference: 2 of 3 caught"
    ]


def test_what_survives_is_said_in_words_and_equivalents_do_not() -> None:
    matrix = page_of(a_check()).one(class_="matrix")
    rows = rows_of(matrix)
    survivors = [name for name, row in rows.items() if "survives" in row.classes]
    assert survivors == ["adds_two", "double.py:2 #3"]
    assert [name for name, row in rows.items() if "✗ survives" in row.text] == survivors


def test_equivalents_are_striped() -> None:
    body = page_of(a_check()).one(class_="matrix").one("tbody", class_="equivalent")
    assert [code.text for code in body.all("code")][::2] == ["double.py:2 #4", "double.py:3 #5"]


def test_the_whole_text_of_a_row_is_in_its_tooltip_and_in_the_key() -> None:
    what = "if x:\n    return `1`\n → (left out)"
    rows = (replace(MATRIX.rows[2], what=what),)
    page = page_of(a_check(matrix=replace(MATRIX, rows=rows)))
    row = rows_of(page.one(class_="matrix"))["double.py:2 #1"]
    assert row.one("th").attributes["title"] == f"double.py:2 #1: {what}"
    assert list(page.one(class_="key").all("dd"))[-1].text.strip() == what


def test_the_key_has_every_test_and_every_row() -> None:
    key = page_of(a_check()).one(class_="key")
    assert len(list(key.all("dt"))) == len(MATRIX.columns) + len(MATRIX.rows)
    assert "`double`" not in key.text
    assert "test_double (2 points) double gives twice a number." in key.words


def test_a_large_matrix_has_one_square_for_each_test_and_row() -> None:
    check = a_check(matrix=a_large_matrix(8, 100))
    matrix = page_of(check).one(class_="matrix")
    rows = rows_of(matrix)
    assert {len(squares_of(row)) for row in rows.values()} == {8}
    assert len(rows) == 100 + 2
    drawn = sum(squares_of(row).count("✓") + squares_of(row).count("◆") for row in rows.values())
    assert drawn == sum(len(row.caught_by) for row in check.matrix.rows)
