"""Examples: the smallest that fails is shown as it was drawn, and the search for it is bounded."""

from typing import Any

import pytest

from grader import messages
from grader.inside.wire import decode
from grader.judge import examples
from grader.judge.examples import MAX_SHRINKS, FailingExample, Watch
from grader.outcomes import Outcome
from grader.results import TestRecord
from grader.sandbox.base import ConnectionLost
from judge.conftest import JudgeHere, WriteExercise
from judge.fakes import ActingSandbox

IDENTITY = """
@given(st.integers())
def test_it(number):
    assert ask(number) == number
"""


def judged(
    write: WriteExercise, judge: JudgeHere, tests: str, sandbox: ActingSandbox
) -> TestRecord:
    """Judge a file with the one test `test_it`."""
    return judge(write(tests), sandbox).records["test_it"]


def test_the_smallest_example_is_shown(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    sandbox = ActingSandbox(lambda scenario, number: min(number, 1000))
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    assert record.outcome is Outcome.FAILED
    assert record.counterexample == (("number", "1001"),)
    assert (record.got, record.expected) == ("1000", "1001")


def test_the_smallest_example_is_kept_so_that_it_can_be_tried_again(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = """
        @given(numbers=st.lists(st.integers()))
        def test_it(numbers):
            numbers.append(ask(len(numbers)))
            assert numbers[-1] < 2
    """
    record = judged(write_exercise, judge_here, tests, ActingSandbox(lambda _, count: count))
    # As it was drawn, not as the test has left it.
    assert decode(record.example.encode()) == {"numbers": [0, 0]}


def test_what_is_no_plain_data_or_was_not_drawn_is_not_kept(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    drawn = """
        @given(thing=st.builds(object))
        def test_it(thing):
            assert ask(1) == 2
    """
    fixed = """
        def test_it():
            assert ask(1) == 2
    """
    for tests in (drawn, fixed):
        record = judged(write_exercise, judge_here, tests, ActingSandbox(lambda _, one: one))
        assert (record.outcome, record.example) == (Outcome.FAILED, "")


def test_the_smallest_example_of_an_exception_is_shown(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    def answer(scenario: str, number: int) -> int:
        if number > 17:
            raise OverflowError("too large")
        return number

    record = judged(write_exercise, judge_here, IDENTITY, ActingSandbox(answer))
    assert (record.outcome, record.message) == (
        Outcome.RAISED,
        "Your code raised OverflowError: too large.",
    )
    assert record.counterexample == (("number", "18"),)


def test_all_arguments_are_shown_in_order(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = """
        @given(text=st.text(), count=st.integers(1, 9))
        def test_it(text, count):
            assert ask(text, count) == text * count
    """
    sandbox = ActingSandbox(lambda scenario, text, count: text)
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.counterexample == (("text", "'0'"), ("count", "2"))


def test_arguments_that_the_test_changes_are_shown_as_they_were_drawn(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = """
        @given(st.lists(st.integers(), max_size=3))
        def test_it(numbers):
            answer = ask(numbers)
            numbers.append("changed")
            assert answer == numbers[:-1]
    """
    sandbox = ActingSandbox(lambda scenario, numbers: [])
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.counterexample == (("numbers", "[0]"),)


def test_an_example_that_the_author_gave_is_shown(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = """
        @given(st.integers(0, 5))
        @example(123456)
        def test_it(number):
            assert ask(number) == number
    """
    sandbox = ActingSandbox(lambda scenario, number: min(number, 10))
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.counterexample == (("number", "123456"),)
    assert sandbox.calls == [(123456,)]


def test_an_example_that_the_test_does_without_is_no_failure(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = f"""
        @settings(max_examples={3 * MAX_SHRINKS})
        @given(st.integers(0, 10**9))
        def test_it(number):
            assume(number % 10)
            assert ask(number) == number
    """
    sandbox = ActingSandbox(lambda scenario, number: number)
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.outcome is Outcome.PASSED
    assert len(sandbox.calls) > 2 * MAX_SHRINKS


def test_an_example_that_the_test_does_without_is_not_shown_where_a_later_one_hangs(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = """
        @given(st.integers(0, 10**9))
        def test_it(number):
            assume(number > 5)
            assert ask(number) == number
    """

    def hang(scenario: str, number: int) -> int:
        raise TimeoutError

    sandbox = ActingSandbox(hang)
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.outcome is Outcome.TIMED_OUT
    assert record.counterexample == (("number", str(sandbox.calls[0][0])),)


def test_the_search_for_a_smaller_example_ends_after_a_count(
    write_exercise: WriteExercise, judge_here: JudgeHere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "MAX_SHRINKS", 50)
    tests = """
        @given(st.lists(st.integers(0, 2**60), min_size=8, max_size=12))
        def test_it(numbers):
            assert ask(numbers) == sum(numbers)
    """
    sandbox = ActingSandbox(lambda scenario, numbers: min(sum(numbers), 2**58))
    record = judged(write_exercise, judge_here, tests, sandbox)
    assert record.outcome is Outcome.FAILED
    assert record.message == messages.failed()
    fails = [sum(numbers) > 2**58 for (numbers,) in sandbox.calls]
    assert len(fails) == fails.index(True) + 1 + 50
    shown = [
        messages.show(call[0])
        for call, is_failing in zip(sandbox.calls, fails, strict=True)
        if is_failing
    ]
    assert record.counterexample == (("numbers", min(shown, key=len)),)
    assert len(min(shown, key=len)) < len(shown[0])


def hangs_beyond(limit: int, end: type[Exception]) -> Any:
    """Return a submission that is wrong at first, and later ends otherwise."""
    seen: list[int] = []

    def answer(scenario: str, number: int) -> int:
        if number > 100:
            seen.append(number)
            if len(seen) > limit:
                raise end
            return 0
        return number

    return answer


def test_a_hang_while_a_smaller_example_is_sought_leaves_the_test_failed(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    sandbox = ActingSandbox(hangs_beyond(1, TimeoutError))
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    failing = [number for (number,) in sandbox.calls if number > 100]
    assert record.outcome is Outcome.FAILED
    assert record.message == messages.failed()
    assert record.counterexample == (("number", str(failing[0])),)
    assert (record.got, record.expected) == ("0", str(failing[0]))
    assert len(failing) == 2


def test_a_crash_while_a_smaller_example_is_sought_leaves_the_test_failed(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    sandbox = ActingSandbox(hangs_beyond(1, ConnectionLost))
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    assert record.outcome is Outcome.FAILED


def test_a_hang_is_not_sought_a_smaller_example_for(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    sandbox = ActingSandbox(hangs_beyond(0, TimeoutError))
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    hung = [number for (number,) in sandbox.calls if number > 100]
    assert record.outcome is Outcome.TIMED_OUT
    assert record.counterexample == (("number", str(hung[0])),)
    assert sandbox.calls[-1] == (hung[0],)
    assert len(hung) == 1


def test_a_crash_is_not_sought_a_smaller_example_for(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    sandbox = ActingSandbox(hangs_beyond(0, ConnectionLost))
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    assert record.outcome is Outcome.CRASHED
    assert len([number for (number,) in sandbox.calls if number > 100]) == 1


def test_answers_that_change_are_a_failure_that_says_so(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    wrong_once = iter([True])
    sandbox = ActingSandbox(
        lambda scenario, number: "wrong" if number > 100 and next(wrong_once, False) else number
    )
    record = judged(write_exercise, judge_here, IDENTITY, sandbox)
    assert (record.outcome, record.message) == (Outcome.FAILED, messages.inconsistent())


def test_a_test_without_examples_has_no_counterexample(
    write_exercise: WriteExercise, judge_here: JudgeHere
) -> None:
    tests = "def test_it():\n    assert ask() == 2\n"
    record = judged(write_exercise, judge_here, tests, ActingSandbox(lambda scenario: 1))
    assert (record.outcome, record.counterexample) == (Outcome.FAILED, ())


def test_the_function_is_as_it_was_after_it_has_been_watched() -> None:
    class Handle:
        inner_test = len

    def function() -> None:
        """Stands in for a property."""

    function.hypothesis = Handle()  # type: ignore[attr-defined]
    with Watch().on(function):
        assert function.hypothesis.inner_test is not len  # type: ignore[attr-defined]
    assert function.hypothesis.inner_test is len  # type: ignore[attr-defined]


def test_size_counts_what_there_is_to_read() -> None:
    example = FailingExample((("number", "100"), ("text", "''")), ValueError())
    assert example.size == 5
