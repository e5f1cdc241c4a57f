"""Plain text about a test: all that a student is told, and nothing that a terminal obeys."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.reports.plain import NOT_GRADED, explain, why_not_graded
from grader.results import Frame
from reports.small_class import BROKEN, ENGINE_DOWN, FAILED, PASSED, result_of

any_text = st.text(st.characters() | st.sampled_from("\0\x1b\n\t\udcff\u202e"), max_size=20)


def test_a_test_that_passed_says_nothing() -> None:
    assert explain(PASSED) == ""


def test_a_text_of_several_lines_stands_below_its_label() -> None:
    frame = Frame("decorators.py", 3, "repeat", "return 1")
    assert explain(replace(FAILED, counterexample=(), got="", expected="", frames=(frame,))) == (
        "Your code gave a wrong answer.\n"
        "where:\n"
        "    decorators.py, line 3, in repeat\n"
        "        return 1\n"
        "hint: Think of 0."
    )


def test_what_is_not_graded_says_why_where_that_is_known() -> None:
    assert why_not_graded(result_of(PASSED, BROKEN)) == NOT_GRADED
    assert why_not_graded(result_of(breakdown=ENGINE_DOWN)) == (
        f"{NOT_GRADED}\nthe engine does not answer"
    )


@given(any_text)
def test_it_is_inert(text: str) -> None:
    test = replace(FAILED, message=text, counterexample=((text, text),), got=text, hint=text)
    broken = replace(ENGINE_DOWN, message=text)
    for shown in (explain(test), why_not_graded(result_of(breakdown=broken))):
        assert shown.replace("\n", "").isprintable()
