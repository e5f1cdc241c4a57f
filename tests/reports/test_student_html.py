"""The page of a student: what it tells, of whom, and that texts stay texts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import messages
from grader.classroom import ClassRecord, Grade, Refusal, Student
from grader.messages import inert, inert_line
from grader.outcomes import Outcome
from grader.reports.class_figures import line_of
from grader.reports.feedback import Feedback
from grader.reports.student_html import called, render
from grader.results import Breakdown, Frame, Result, TestRecord
from reports.closed_pages import HOSTILE, assert_accessible, assert_closed, class_with, links_of
from reports.made_up import ABSENT, EVIDENCE, MADE, SCRIPT, TOPICS, TURNED, class_record
from reports.pages import Element, read_page

RECORD = class_record()
ADA = RECORD.students[0]
CODE = b"def trace(func):\n    return func\n"
FAILED = TestRecord(
    "test_trace",
    "`trace` prints a call.",
    2,
    Outcome.FAILED,
    "Your code gave a wrong answer.",
    (("name", "'f'"), ("args", "[0]")),
    "['> f(0)']",
    "['> f(0)', '< f = 0']",
    (Frame("decorators.py", 2, "trace", "return func"), Frame("other.py", 9, "g", "")),
    "Compare `repr` and `str`.",
)
PASSED = replace(FAILED, name="test_count", outcome=Outcome.PASSED)

texts = st.text(st.characters() | st.sampled_from("<>&\"'`{}%\n\x00\r\udcff/."), max_size=20)


def student(key: str) -> Student:
    return next(one for one in RECORD.students if one.id == key)


def page_of(
    *tests: TestRecord,
    feedback: Feedback = Feedback.FULL,
    breakdown: Breakdown | None = None,
    files: dict[str, bytes] | None = None,
) -> Element:
    """Return the page of Ada, who has handed in one exercise with this result."""
    topic = TOPICS[0]
    result = Result(topic.id, topic.title, "ada.py", tests, EVIDENCE, breakdown)
    moment = datetime(2026, 6, 1, 14, 32, 5, tzinfo=UTC)
    grade = Grade(ADA.id, topic.id, result, moment, files or {"decorators.py": CODE}, is_late=True)
    record = ClassRecord("", (topic,), (ADA,), (grade,))
    return read_page(render(record, ADA, feedback))


def details_of(article: Element) -> dict[str, str]:
    """Return what is said of a test besides its message, by the words before it."""
    block = article.one("dl")
    names, said = block.all("dt"), block.all("dd")
    return {name.text: one.words for name, one in zip(names, said, strict=True)}


# What holds for the whole page


@pytest.mark.parametrize("key", ["s00", ABSENT, "s13", "s22", "s36", "s37", "s38", "s39"])
def test_a_page_is_closed_and_accessible(key: str) -> None:
    page = read_page(render(RECORD, student(key)))
    assert_closed(page)
    assert_accessible(page)
    assert links_of(page)[False] == []


def test_hostile_text_is_shown_as_it_is_but_inert() -> None:
    record = class_with(HOSTILE)
    html = render(record, record.students[0])
    page = read_page(html)
    assert_closed(page)
    assert_accessible(page)
    assert links_of(page)[False] == []
    assert page.one("h1").text == inert(HOSTILE)
    shown = inert(HOSTILE)
    assert next(next(page.all("dl")).all("pre")).text == f"{shown} = {shown}"
    assert html.encode("utf-8")
    assert html.replace("\n", "").isprintable()


@given(texts)
@settings(max_examples=50, deadline=None)
def test_whatever_a_text_holds_it_stays_a_text(text: str) -> None:
    record = class_with(text)
    for one in record.students:
        page = read_page(render(record, one))
        assert_closed(page)
        assert links_of(page)[False] == []
    page = read_page(render(record, record.students[0]))
    assert page.one("h1").text == (inert_line(text).strip() or "(no name)")


def test_nobody_else_is_named() -> None:
    for one in RECORD.students[:5]:
        words = read_page(render(RECORD, one)).text
        others = [other for other in RECORD.students if other != one]
        assert [other.id for other in others if other.email in words] == []
        assert [other.id for other in others if other.name and other.name in words] == []


# Who


@pytest.mark.parametrize(
    ("name", "key", "shown"),
    [
        ("Ada", "a1", "Ada"),
        ("", "a1", "a1"),
        (" \n", "a1", r"\n"),
        ("  ", "a1", "a1"),
        ("", "", "(no name)"),
        (SCRIPT, "a1", SCRIPT),
        (TURNED, "a1", r"Anna \u202egnoL\u202c"),
    ],
)
def test_a_student_is_called_by_name_else_by_id(name: str, key: str, shown: str) -> None:
    assert called(Student(key, name)) == shown


def test_a_page_says_whose_it_is_and_how_many_points_there_are() -> None:
    page = read_page(render(RECORD, ADA))
    line = line_of(RECORD, ADA)
    assert page.one("h1").text == "Ada Berg"
    assert page.one("title").text == f"Ada Berg, {RECORD.title}"
    assert page.one("p", class_="score").text == f"{line.points} of {line.max_points} points"
    words = next(page.all("p", class_="muted")).words
    assert words == f"s00 · s00@example.org · A · {RECORD.title}"


def test_every_exercise_has_a_section_in_the_order_of_the_class() -> None:
    page = read_page(render(RECORD, student(ABSENT)))
    assert [head.one("code").text for head in page.all("h2")] == [topic.id for topic in TOPICS]
    assert page.words.count("You have handed in nothing for this exercise.") == len(TOPICS)
    assert list(page.all(class_="source")) == []


def test_points_that_are_not_final_are_told() -> None:
    page = read_page(render(RECORD, student("s13")))
    assert page.one("p", class_="score").text.endswith(", and something that is not graded yet")


# Tests


def test_a_test_that_failed_is_told_in_full() -> None:
    article = page_of(FAILED, PASSED).one("article", class_="bad-edge")
    assert article.one("h3").words == "✗ trace prints a call. 0/2"
    assert article.one("p").text == FAILED.message
    assert details_of(article) == {
        "with": "name = 'f' args = [0]",
        "you gave": FAILED.got,
        "expected": FAILED.expected,
        "where": "decorators.py, line 2, in trace return func other.py, line 9, in g",
        "hint": "Compare repr and str.",
    }


def test_a_test_that_passed_has_its_points_and_no_message() -> None:
    article = page_of(FAILED, PASSED).one("article", class_="good-edge")
    assert article.one("h3").words == "✓ trace prints a call. 2/2"
    assert list(article.all("p")) == []


def test_a_frame_leads_to_its_line_where_the_page_has_it() -> None:
    page = page_of(FAILED)
    (link,) = page.one("ul", class_="frames").all("a")
    line = next(
        one for one in page.all("span") if one.attributes.get("id") == link.attributes["href"][1:]
    )
    assert line.text == "2    return func\n"


@pytest.mark.parametrize("number", [0, -1, 3, 10**9])
def test_a_frame_beyond_the_file_leads_nowhere(number: int) -> None:
    test = replace(FAILED, frames=(Frame("decorators.py", number, "f", ""),))
    assert list(page_of(test).one("ul", class_="frames").all("a")) == []


@pytest.mark.parametrize(
    ("feedback", "labels", "has_message"),
    [
        (Feedback.NONE, [], False),
        (Feedback.TITLES, [], False),
        (Feedback.EXAMPLES, ["with"], True),
        (Feedback.FULL, ["with", "you gave", "expected", "where", "hint"], True),
    ],
)
def test_a_level_of_feedback_is_kept_to(
    feedback: Feedback, labels: list[str], has_message: bool
) -> None:
    article = page_of(FAILED, PASSED, feedback=feedback).one("article", class_="bad-edge")
    assert [one.text for one in article.all("dt")] == labels
    assert (FAILED.message in article.words) is has_message
    assert ("Test 1" in article.words) is (feedback is Feedback.NONE)


def test_what_holds_for_every_test_is_said_once() -> None:
    sentence = messages.syntax_error("invalid syntax", 3, 5, "def f:")
    test = replace(PASSED, outcome=Outcome.DOES_NOT_LOAD, message=sentence)
    page = page_of(test, replace(test, name="other"))
    assert page.text.count("invalid syntax") == 1
    assert page.one(class_="common").one("pre").text == "    def f:\n        ^"


def test_what_is_our_fault_is_told_as_ours() -> None:
    broken = Breakdown(Outcome.SANDBOX_FAILED, "the engine is down")
    test = replace(PASSED, outcome=Outcome.SANDBOX_FAILED, message=messages.not_judged())
    page = page_of(test, PASSED, breakdown=broken)
    assert page.one(class_="notice").words == (
        "? Not graded, through no fault of yours. It costs you no points. the engine is down"
    )
    assert page.one("article", class_="note-edge").one("h3").words.endswith("-/2")


def test_an_exercise_says_when_it_was_graded_and_that_it_was_late() -> None:
    words = page_of(PASSED).one("section").words
    assert "✓ 2/2 late graded 2026-06-01 14:32 UTC" in words


# Code and refusals


def test_each_file_is_shown_under_its_name() -> None:
    page = page_of(PASSED, files={"b.py": b"b = 1\n", "a/<i>.py": b"a = '<b>'\n"})
    assert [one.text for one in page.all("p", class_="file")] == ["a/<i>.py", "b.py"]
    codes = [one.one("code").text for one in page.all(class_="source")]
    assert codes == ["1a = '<b>'\n", "1b = 1\n"]


def test_a_file_that_is_cut_says_so() -> None:
    page = page_of(PASSED, files={"a.py": b"\n" * 5000})
    assert page.one("p", class_="note").text.startswith("The file is too long")


def test_what_was_refused_stands_where_it_belongs_with_its_reason() -> None:
    refusals = (
        Refusal("ada/decorators.py", "it is a link", ADA.id, "decorators"),
        Refusal("ada/decorator.py", "no exercise has a file of this name", ADA.id),
        Refusal("ada/unknown.py", "no such exercise", ADA.id, "unknown"),
        Refusal("bob/decorators.py", "it is a FIFO", "bob", "decorators"),
    )
    record = ClassRecord("", TOPICS[:1], (ADA,), (), refusals)
    page = read_page(render(record, ADA))
    assert page.one("section").one(class_="notice").words == (
        "! Not taken: ada/decorators.py it is a link"
    )
    assert len(list(page.all(class_="notice"))) == 3
    assert "bob" not in page.text


def test_the_made_up_class_shows_every_students_code() -> None:
    for grade in RECORD.grades[:8]:
        page = read_page(render(RECORD, student(grade.student)))
        number = [topic.id for topic in TOPICS].index(grade.exercise) + 1
        ids = {one.attributes.get("id") for one in page.all("span")}
        lines = MADE[number - 1].code.count("\n")
        assert {f"code-{number}-1-{line}" for line in range(1, lines + 1)} <= ids
