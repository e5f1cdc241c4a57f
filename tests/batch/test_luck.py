"""Counterexamples of one student are tried on the others, and only what is fair counts."""

import pytest
from batch.conftest import LUCKY, RIGHT, WRONG, HandInAs

from grader.batch.keep import keep
from grader.batch.luck import SecondLook
from grader.batch.plan import Commission, plan_batch
from grader.batch.run import Crew, run
from grader.batch.task import Task
from grader.classroom import HandIn
from grader.gradebook import Gradebook
from grader.inside.wire import encode
from grader.outcomes import Outcome
from grader.results import Result
from grader.submission import hash_path


def nothing(task: Task) -> None:
    """Take in that a task was handed out, and do nothing about it."""


def grade(
    hand_ins: list[HandIn], commission: Commission, gradebook: Gradebook, crew: Crew
) -> dict[str, Result]:
    """Grade and look twice; return what stands, by student."""
    planned = plan_batch(
        hand_ins, lambda exercise: commission, gradebook, as_parcels=crew.needs_parcels
    )
    for done in run(planned.tasks(), crew, nothing):
        keep(done, gradebook)
    look_again(commission, gradebook, crew)
    return {grade.student: grade.result for grade in gradebook.standing()}


def look_again(commission: Commission, gradebook: Gradebook, crew: Crew) -> int:
    """Try what others failed on; return how many submissions that was tried on."""
    look = SecondLook(commission, gradebook, crew)
    count = look.count()
    for done in run(look.tasks(), crew, nothing):
        look.settle(done)
    return count


def add_example(
    gradebook: Gradebook, commission: Commission, test: str, **arguments: object
) -> None:
    """Put into the pool what was found on somebody."""
    tests = hash_path(commission.exercise.hidden_test)
    text = encode(arguments, plain_only=True).decode("ascii")
    gradebook.add_example("small", tests, test, text, "somebody")


def outcomes(result: Result) -> dict[str, Outcome]:
    return {test.name: test.outcome for test in result.tests}


ALL_PASSED = {"test_double": Outcome.PASSED, "test_half": Outcome.PASSED}


def test_who_was_lucky_fails_on_what_another_one_failed_on(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    add_example(gradebook, commission, "test_double", number=12345)
    found = grade([hand_in("lucky", LUCKY), hand_in("right", RIGHT)], commission, gradebook, crew)
    assert outcomes(found["lucky"]) == {**ALL_PASSED, "test_double": Outcome.FAILED}
    (record, _) = found["lucky"].tests
    assert record.counterexample == (("number", "12345"),)
    assert (record.got, record.expected) == ("24691", "24690")
    assert outcomes(found["right"]) == ALL_PASSED


def test_without_a_pool_nothing_is_looked_at_twice(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    found = grade([hand_in("lucky", LUCKY)], commission, gradebook, crew)
    assert outcomes(found["lucky"]) == ALL_PASSED
    assert look_again(commission, gradebook, crew) == 0


def test_the_grade_before_stays_in_the_history(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    grade([hand_in("lucky", LUCKY)], commission, gradebook, crew)
    add_example(gradebook, commission, "test_double", number=12345)
    look_again(commission, gradebook, crew)
    assert [one.result.points for one in gradebook.history("lucky", "small")] == [3, 1]
    (stands,) = gradebook.standing()
    assert stands.result.points == 1


def test_nobody_is_tried_on_the_same_examples_twice(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    grade([hand_in("wrong", WRONG), hand_in("right", RIGHT)], commission, gradebook, crew)
    assert look_again(commission, gradebook, crew) == 0
    add_example(gradebook, commission, "test_double", number=12345)
    assert look_again(commission, gradebook, crew) == 1  # who failed already is not asked again


def test_what_was_drawn_for_everybody_is_not_tried_again(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    grade([hand_in("right", RIGHT)], commission, gradebook, crew)
    add_example(gradebook, commission, "test_double", number=0)
    assert look_again(commission, gradebook, crew) == 0


def test_the_smallest_that_failed_for_a_student_is_in_the_pool(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    grade([hand_in("wrong", WRONG)], commission, gradebook, crew)
    tests = hash_path(commission.exercise.hidden_test)
    assert gradebook.examples("small", tests) == {
        "test_double": (encode({"number": 1}, plain_only=True).decode(),)
    }


@pytest.mark.parametrize("arguments", [{"number": "text"}, {"number": None}, {"other": 1}])
def test_an_example_on_which_the_reference_fails_counts_for_nobody(
    commission: Commission,
    gradebook: Gradebook,
    crew: Crew,
    hand_in: HandInAs,
    arguments: dict[str, object],
) -> None:
    add_example(gradebook, commission, "test_double", **arguments)
    add_example(gradebook, commission, "test_double", number=12345)
    found = grade([hand_in("right", RIGHT), hand_in("lucky", LUCKY)], commission, gradebook, crew)
    assert outcomes(found["right"]) == ALL_PASSED
    assert outcomes(found["lucky"]) == {**ALL_PASSED, "test_double": Outcome.FAILED}


def test_examples_belong_to_the_tests_that_they_failed(
    commission: Commission, gradebook: Gradebook, crew: Crew, hand_in: HandInAs
) -> None:
    add_example(gradebook, commission, "test_double", number=12345)
    with commission.exercise.hidden_test.open("a") as stream:
        stream.write("\n")
    found = grade([hand_in("lucky", LUCKY)], commission, gradebook, crew)
    assert outcomes(found["lucky"]) == ALL_PASSED
