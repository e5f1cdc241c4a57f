"""What a failed assertion compared: both sides as in source code, or nothing if not known."""

import itertools
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.judge.explain import Comparison, explain
from grader.messages import MAX_VALUE_CHARACTERS
from grader.testing import Captured, Question
from judge.conftest import JudgeHere, WriteExercise
from judge.fakes import ActingSandbox

Explained = Callable[..., Comparison]

NUMBERS = itertools.count()


def never_asked(question: Question) -> Captured:
    """Recall nothing."""
    raise LookupError


@pytest.fixture
def explained(tmp_path: Path) -> Explained:
    """Runs the body of a test function, which must fail, and explains the assertion in it."""

    def run(body: str, **names: Any) -> Comparison:
        file = tmp_path / f"failing_{next(NUMBERS)}.py"
        source = f"def test():\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"
        file.write_text(source, encoding="utf-8")
        exec(compile(source, str(file), "exec"), names)
        try:
            names["test"]()
        except Exception as error:
            return explain(error.__traceback__, str(file), never_asked)
        raise AssertionError("the body did not fail")

    return run


@pytest.mark.parametrize(
    ("assertion", "got", "expected"),
    [
        ("1 == 2", "1", "2"),
        ("'a' == 'b'", "'a'", "'b'"),
        ("[1] != [1]", "[1]", "anything but [1]"),
        ("2 < 1", "2", "less than 1"),
        ("2 <= 1", "2", "at most 1"),
        ("1 > 2", "1", "more than 2"),
        ("1 >= 2", "1", "at least 2"),
        ("1 in [2, 3]", "1", "something in [2, 3]"),
        ("1 not in (1,)", "1", "something not in (1,)"),
        ("empty is None", "[]", "None"),
        ("None is not None", "None", "anything but None"),
        ("not [1]", "[1]", "nothing, or something empty"),
        ("empty", "[]", "something true"),
        ("holder['empty']", "[]", "something true"),
        ("1 == 2, 'a message'", "1", "2"),
        ("(1 ==\n    2)", "1", "2"),
        ("empty == [item for item in [7] if item not in empty]", "[]", "[7]"),
        ("1 == 1 and 2 == 3 and 4 == 5", "2", "3"),
        ("1 == 1 and not 2", "2", "nothing, or something empty"),
        ("1 == 1 and (2 == 2 and 3 == 4)", "3", "4"),
    ],
)
def test_both_sides_are_shown_as_in_source_code(
    explained: Explained, assertion: str, got: str, expected: str
) -> None:
    body = f"empty = []\nholder = {{'empty': []}}\nassert {assertion}"
    assert explained(body) == Comparison(got, expected)


@pytest.mark.parametrize(
    "assertion",
    [
        "(count := 1) == 2",
        "next(numbers) == 2",
        "[*iter([])] == [1]",
        "print() == 1",
        "eval('1') == 2",
        "(lambda: 1)() == 2",
        "1 < 3 < 2",
        "1 == 2 or 3 == 4",
        "all(number == 2 for number in [1])",
        "False",
    ],
)
def test_what_cannot_be_taken_apart_or_evaluated_twice_is_left_alone(
    explained: Explained, assertion: str
) -> None:
    assert explained(f"numbers = iter(range(9))\nassert {assertion}") == Comparison()


def test_an_iterator_is_not_moved_on(explained: Explained) -> None:
    numbers = iter(range(9))
    explained("assert next(numbers) == 2", numbers=numbers)
    assert next(numbers) == 1


def test_an_expression_that_raises_the_second_time_explains_nothing(explained: Explained) -> None:
    values = [1]
    assert explained("assert values.pop() == 2", values=values) == Comparison()


def test_a_comprehension_sees_the_locals_of_the_test(explained: Explained) -> None:
    body = """
        factor = 3
        numbers = [1, 2]
        assert [number for number in numbers] == [factor * number for number in numbers]
    """
    assert explained(body) == Comparison("[1, 2]", "[3, 6]")


def test_an_assertion_in_a_helper_of_the_test_file_is_found(explained: Explained) -> None:
    body = """
        def same(left, right):
            for one, other in zip(left, right):
                assert one == other
        same([1, 2], [1, 3])
    """
    assert explained(body) == Comparison("2", "3")


def test_an_assertion_in_another_file_is_not_explained(explained: Explained) -> None:
    def elsewhere() -> None:
        assert not NUMBERS

    assert explained("elsewhere()", elsewhere=elsewhere) == Comparison()


def test_a_failure_without_an_assertion_is_not_explained(explained: Explained) -> None:
    assert explained("raise AssertionError('no')") == Comparison()


def test_no_traceback_explains_nothing() -> None:
    assert explain(None, "test_small.py", never_asked) == Comparison()


def test_a_long_value_is_cut_in_the_middle(explained: Explained) -> None:
    comparison = explained("assert 'a' * 5000 == 'b'")
    assert len(comparison.got) < 2 * MAX_VALUE_CHARACTERS
    assert "characters left out" in comparison.got
    assert comparison.expected == "'b'"


def test_a_number_beyond_the_limit_on_digits_is_shown_in_hexadecimal(explained: Explained) -> None:
    comparison = explained("assert 16 ** 5000 == 1")
    assert comparison.got.startswith("0x1000")
    assert comparison.expected == "1"


def test_a_list_of_such_numbers_is_shown_as_what_it_is(explained: Explained) -> None:
    assert explained("assert [10 ** 5000] == []").got == "<a value with a very large number>"


# Scenarios in an assertion.


def test_a_scenario_in_an_assertion_is_recalled_and_not_asked_again(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        def test_two_questions():
            assert ask(1) == 1
            assert ask(2) == 3 * ask(1)
    """)
    sandbox = ActingSandbox(lambda scenario, number: number)
    record = judge_here(exercise, sandbox).records["test_two_questions"]
    assert (record.got, record.expected) == ("2", "3")
    assert sandbox.calls == [(1,), (2,), (1,)]


def test_a_recalled_answer_is_the_last_one_to_that_question(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        def test_counts():
            ask()
            assert ask() == 5
    """)
    numbers = itertools.count()
    sandbox = ActingSandbox(lambda scenario: next(numbers))
    record = judge_here(exercise, sandbox).records["test_counts"]
    assert (record.got, record.expected) == ("1", "5")
    assert len(sandbox.calls) == 2


def test_a_captured_answer_is_recalled_with_its_parts(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    exercise = write_exercise("""
        @scenario(capture=True)
        def printed(student):
            return student.answer()

        def test_prints():
            assert printed().value == 5
            assert printed().out == "five"
    """)
    sandbox = ActingSandbox(lambda scenario: 5)
    record = judge_here(exercise, sandbox).records["test_prints"]
    assert (record.got, record.expected) == ("''", "'five'")
