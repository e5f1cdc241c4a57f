"""The page of a class: what it shows, that it needs nothing else, and that texts stay texts."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom import ClassRecord
from grader.messages import inert, inert_line
from grader.reports import student_html
from grader.reports.class_figures import State, lines_of
from grader.reports.class_html import page_name, pages, render
from grader.reports.feedback import Feedback
from reports.closed_pages import HOSTILE, assert_accessible, assert_closed, class_with, links_of
from reports.made_up import ABSENT, NAMES, TOPICS, class_record
from reports.pages import Element, read_page

RECORD = class_record()
EMPTY = ClassRecord("", (), (), ())
NOTHING_YET = replace(RECORD, grades=(), refusals=())

texts = st.text(st.characters() | st.sampled_from("<>&\"'`{}%\n\x00\r\udcff/."), max_size=20)
some_classes = pytest.mark.parametrize(
    "record",
    [RECORD, EMPTY, NOTHING_YET, class_with(HOSTILE)],
    ids=["made up", "empty", "nothing yet", "hostile"],
)


@pytest.fixture(scope="module")
def page() -> Element:
    return read_page(render(RECORD))


def rows_of(table: Element) -> list[list[str]]:
    """Return the cells of a table's body."""
    return [
        [cell.words for cell in row.children if isinstance(cell, Element)]
        for row in table.one("tbody").all("tr")
    ]


def table_of(page: Element, caption: str) -> Element:
    (table,) = [one for one in page.all("table") if one.one("caption").words == caption]
    return table


# What holds for the whole page


@some_classes
def test_a_page_holds_only_what_it_may(record: ClassRecord) -> None:
    assert_closed(read_page(render(record)))


@some_classes
def test_a_page_can_be_read_by_other_means_than_a_screen(record: ClassRecord) -> None:
    assert_accessible(read_page(render(record)))


@some_classes
def test_links_lead_to_places_of_the_page_and_to_the_students(record: ClassRecord) -> None:
    outside = links_of(read_page(render(record)))[False]
    assert set(outside) == {page_name(student) for student in record.students}


@some_classes
def test_a_page_is_utf_8_and_printable(record: ClassRecord) -> None:
    html = render(record)
    assert html.encode("utf-8")
    assert html.replace("\n", "").isprintable()


def test_a_class_without_a_title_is_called_one() -> None:
    assert read_page(render(EMPTY)).one("h1").text == "Class"


@given(texts)
@settings(max_examples=50, deadline=None)
def test_whatever_a_text_holds_it_stays_a_text(text: str) -> None:
    record = class_with(text)
    page = read_page(render(record))
    assert_closed(page)
    shown = inert_line(text).strip() or "(no name)"
    name = next(page.one(class_="picture").one("tbody").all("bdi"))
    assert name.text == shown
    assert set(links_of(page)[False]) == {page_name(one) for one in record.students}


def test_hostile_text_is_shown_as_it_is_but_inert() -> None:
    page = read_page(render(class_with(HOSTILE)))
    shown = inert(HOSTILE)
    assert page.one("h1").text == shown
    assert next(page.all("pre")).text == f"{shown} = {shown}\n"
    assert next(page.all(class_="reason")).text == shown


# Students


def test_each_student_has_a_row_with_name_and_points(page: Element) -> None:
    rows = rows_of(page.one(class_="picture"))
    names = [inert_line(name) for name in NAMES[:-1]]
    assert [row[0] for row in rows] == [*names, "s39"]
    for row, line in zip(rows, lines_of(RECORD), strict=True):
        assert row[1].split()[0] == f"{line.points}/{line.max_points}"


def test_a_cell_says_in_signs_and_words_what_its_colour_says(page: Element) -> None:
    table = page.one(class_="picture").one("tbody")
    for row, line in zip(table.all("tr"), lines_of(RECORD), strict=True):
        for shown, cell in zip(list(row.all("td"))[1:], line.cells, strict=True):
            points = f"{cell.points}/{cell.max_points}"
            said = {
                State.ALL: ("all", f"✓ {points}"),
                State.SOME: ("some", f"◐ {points}"),
                State.NONE: ("none", f"✗ {points}"),
                State.NOT_GRADED: ("open", "? not graded"),
                State.REFUSED: ("open", "! refused"),
                State.MISSING: ("missing", "– missing"),  # noqa: RUF001 - a dash for nothing
            }[cell.state]
            late = " late" if cell.is_late else ""
            assert (shown.attributes["class"], shown.words) == (said[0], said[1] + late)


def test_all_states_are_in_the_class_and_in_the_legend(page: Element) -> None:
    cells = [cell for line in lines_of(RECORD) for cell in line.cells]
    assert {cell.state for cell in cells} == set(State)
    assert any(cell.is_late for cell in cells)
    assert len(list(page.one(class_="legend").all("li"))) == len(State) + 1


def test_points_that_are_not_final_are_marked(page: Element) -> None:
    marked = [row[0] for row in rows_of(page.one(class_="picture")) if row[1].endswith("and ?")]
    assert marked == ["Greta Lind", "Nils Dahl", "Wen Li"]


# Scores and exercises


def test_the_scores_are_there_as_numbers(page: Element) -> None:
    rows = rows_of(page.one(class_="scores"))
    assert [row[0] for row in rows][::5] == ["100 %", "50–59 %", "0–9 %"]  # noqa: RUF001
    counted = [line for line in lines_of(RECORD) if not (line.is_open or line.is_missing)]
    assert sum(int(row[1]) for row in rows) == len(counted) == 36
    full = [line for line in counted if line.points == line.max_points]
    assert int(rows[0][1]) == len(full) > 0


def test_a_bar_is_as_long_as_its_number_says(page: Element) -> None:
    body = page.one(class_="scores").one("tbody")
    shown = {
        int(row.one("td", class_="number").text): next(row.all(class_="bar"), None)
        for row in body.all("tr")
    }
    largest = max(shown)
    assert shown[0] is None
    assert {n: bar.attributes["style"] for n, bar in shown.items() if bar} == {
        n: f"width: {100 * n / largest:.1f}%" for n in shown if n
    }


def test_each_exercise_is_added_up(page: Element) -> None:
    rows = rows_of(page.one(class_="overview"))
    assert [row[0].split()[0] for row in rows] == [topic.id for topic in TOPICS]
    for place, row in enumerate(rows):
        cells = [line.cells[place] for line in lines_of(RECORD)]
        counts = [sum(cell.state is state for cell in cells) for state in State]
        assert [int(number) for number in row[2:-1]] == counts
        assert int(row[-1]) == sum(cell.is_late for cell in cells)


# Where points are lost


def test_a_failing_test_has_its_title_its_number_and_its_groups(page: Element) -> None:
    section = next(page.all("section"))
    article = next(one for one in section.all("article") if "test_counts" in one.text)
    assert article.one("h4").text.startswith("calls counts every call")
    groups = list(article.one("ol").children)
    items = [one for one in groups if isinstance(one, Element)]
    assert len(items) == 3
    records = [
        test
        for grade in RECORD.grades
        if grade.exercise == "decorators" and grade.is_graded
        for test in grade.result.tests
        if test.name == "test_counts" and test.points == 0
    ]
    assert f"✗ {len(records)} of 36 fail" in article.words
    first = [test for test in records if test.counterexample == (("calls", "'aab'"),)]
    assert items[0].words.startswith(f"{len(first)} student")
    assert "with calls = 'aab' they gave" in items[0].words
    shown = sum(int(one.one("p").text.split()[0]) for one in items)
    assert article.words.endswith(f"and 3 more, of {len(records) - shown} students")


def test_a_failure_without_an_answer_says_what_happened() -> None:
    record = replace(
        RECORD, grades=tuple(one for one in RECORD.grades if one.exercise == "dunder_methods")
    )
    article = next(
        one for one in read_page(render(record)).all("article") if "test_equal" in one.text
    )
    group = next(article.all("li"))
    assert [one.text for one in group.all("dt")] == ["with", "what happened"]
    assert "AttributeError" in group.text


def test_only_the_worst_test_of_an_exercise_is_unfolded(page: Element) -> None:
    for section in page.all("section"):
        states = ["open" in one.attributes for one in section.all("details")]
        assert states == [True] + [False] * (len(states) - 1)


def test_an_exercise_that_nobody_handed_in_says_so() -> None:
    section = next(read_page(render(NOTHING_YET)).all("section"))
    assert "Nobody is graded." in section.words


# Missing and not graded


def test_who_is_missing_is_listed_with_what(page: Element) -> None:
    rows = dict(rows_of(table_of(page, "Who has not handed in what")))
    expected = {
        inert_line(line.student.shown): [
            cell.topic.id for cell in line.cells if cell.state is State.MISSING
        ]
        for line in lines_of(RECORD)
    }
    expected = {name: topics for name, topics in expected.items() if topics}
    assert len(rows) == len(expected) > 5
    for shown, missing in rows.items():
        name, _, email = shown.rpartition(" ")
        if email == f"{ABSENT}@example.org":
            assert missing == "everything"
        else:
            assert missing.split(", ") == expected[name]


def test_what_is_not_graded_is_listed_with_its_reason(page: Element) -> None:
    rows = rows_of(table_of(page, "What has no points, and why"))
    assert rows == [
        [
            *("Nils Dahl", "dunder_methods", "s13/dunder_methods.py"),
            "the Docker engine stopped answering (Connection refused)",
        ],
        [
            *("Greta Lind", "generators", "s06/generators.py"),
            "it is a link, and links are not followed",
        ],
        ["Wen Li", "decorators", "s22/decorators.py", "it is a FIFO, not a regular file"],
        ["not known", "not known", "bob_<b>.py", "bob is not in the roster"],
    ]


def test_where_nothing_is_missing_or_ungraded_it_says_so() -> None:
    page = read_page(render(EMPTY))
    assert "Nothing is missing." in page.words
    assert "Everything that was handed in is graded." in page.words


# All pages


def test_the_class_comes_first_and_then_each_student() -> None:
    names = [name for name, _ in pages(RECORD)]
    assert names == ["index.html", *(page_name(student) for student in RECORD.students)]
    assert len(set(names)) == 41
    assert names[1] == "students/s00.html"


def test_a_page_is_not_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(
        student_html, "render", lambda record, student, feedback: made.append(student.id) or ""
    )
    all_pages = pages(RECORD)
    next(all_pages)
    assert made == []
    next(all_pages)
    assert made == ["s00"]


def test_students_are_told_as_much_as_is_asked_for() -> None:
    told = dict(pages(RECORD, Feedback.TITLES))
    assert "you gave" in student_html.render(RECORD, RECORD.students[0])
    assert "you gave" not in told["students/s00.html"]
    assert "they gave" in told["index.html"]
