"""What is graded: everything once, and again only where something has changed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from batch.conftest import RIGHT, WRONG, HandInAs
from made_up import failed, passed, result_of

from grader.batch.keep import keep
from grader.batch.parcel import Parcel
from grader.batch.plan import Commission, plan_batch
from grader.batch.task import Done, Task
from grader.classroom import HandIn
from grader.gradebook import Gradebook
from grader.outcomes import Outcome
from grader.results import Result
from grader.sandbox.choice import SandboxChoice

GRADED = result_of(passed("test_double", 2), failed("test_half"))
NOT_GRADED = result_of(failed("test_double", 2, outcome=Outcome.JUDGE_BROKE))


def tasks_for(
    hand_ins: Collection[HandIn], commission: Commission, gradebook: Gradebook, **options: bool
) -> tuple[Task, ...]:
    return tuple(plan_batch(hand_ins, lambda exercise: commission, gradebook, **options).tasks())


def store_all(tasks: Collection[Task], gradebook: Gradebook, result: Result = GRADED) -> None:
    for task in tasks:
        keep(Done(task, result), gradebook)


def test_everything_is_graded_that_is_new(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT, is_late=True), hand_in("bob", RIGHT)]
    anna, bob = tasks_for(handed_in, commission, gradebook)
    assert (anna.key.student, anna.is_late, anna.place) == ("anna", True, "anna/small.py")
    assert (bob.key.student, bob.is_late) == ("bob", False)
    assert anna.submission.text() == RIGHT


def test_what_is_unchanged_is_not_graded_again(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT), hand_in("bob", RIGHT)]
    first, _ = tasks_for(handed_in, commission, gradebook)
    store_all([first], gradebook)
    planned = plan_batch(handed_in, lambda exercise: commission, gradebook)
    assert [one.key.student for one in planned.pending] == ["bob"]
    assert [one.key for one in planned.unchanged] == [first.key]


def test_what_was_not_graded_is_tried_again(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT)]
    store_all(tasks_for(handed_in, commission, gradebook), gradebook, NOT_GRADED)
    (again,) = tasks_for(handed_in, commission, gradebook)
    store_all([again], gradebook)
    assert tasks_for(handed_in, commission, gradebook) == ()
    assert [grade.result for grade in gradebook.history("anna", "small")] == [GRADED]


def test_another_text_is_graded_and_the_first_one_stays_known(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    store_all(tasks_for([hand_in("anna", RIGHT)], commission, gradebook), gradebook)
    store_all(tasks_for([hand_in("anna", WRONG)], commission, gradebook), gradebook)
    assert tasks_for([hand_in("anna", RIGHT)], commission, gradebook) == ()
    assert len(gradebook.history("anna", "small")) == 2


@pytest.mark.parametrize("changed", ["limits", "seed", "sandbox", "image", "tests", "complaint"])
def test_what_a_grade_depends_on_makes_it_another_one(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs, changed: str
) -> None:
    handed_in = hand_in("anna", RIGHT)
    store_all(tasks_for([handed_in], commission, gradebook), gradebook)
    order = commission.order
    if changed == "limits":
        order = replace(order, limits=order.limits.replace({"test_seconds": 1.0}))
    elif changed == "seed":
        order = replace(order, seed=1)
    elif changed == "sandbox":
        order = replace(order, sandbox=SandboxChoice("docker", "grader-core:latest"))
    elif changed == "tests":
        with commission.exercise.hidden_test.open("a") as stream:
            stream.write("\n")
    elif changed == "complaint":
        complained = replace(handed_in.submission, complaint="no")
        handed_in = replace(handed_in, read=lambda: complained)
    digest = "sha256:1" if changed == "image" else ""
    now = Commission(commission.exercise, commission.root, order, digest)
    assert len(tasks_for([handed_in], now, gradebook)) == 1


def test_force_grades_once_more_and_keeps_what_was_before(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT)]
    for _ in range(3):
        store_all(tasks_for(handed_in, commission, gradebook, force=True), gradebook)
    assert [grade.repeat for grade in gradebook.history("anna", "small")] == [0, 1, 2]
    planned = plan_batch(handed_in, lambda exercise: commission, gradebook)
    assert [one.key.repeat for one in planned.unchanged] == [2]


def test_a_forced_grading_that_came_to_nothing_takes_no_points(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT)]
    store_all(tasks_for(handed_in, commission, gradebook), gradebook)
    store_all(tasks_for(handed_in, commission, gradebook, force=True), gradebook, NOT_GRADED)
    assert [grade.result for grade in gradebook.standing()] == [GRADED]


def test_for_other_machines_the_exercise_is_packed_once(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    handed_in = [hand_in("anna", RIGHT), hand_in("bob", RIGHT)]
    anna, bob = tasks_for(handed_in, commission, gradebook, as_parcels=True)
    assert isinstance(anna.exercise, Parcel)
    assert anna.exercise is bob.exercise


def test_counterexamples_are_kept_for_the_others(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs
) -> None:
    tasks = tasks_for([hand_in("anna", WRONG)], commission, gradebook)
    tests = (
        failed("test_double", example='{"number":1}'),
        failed("test_half", outcome=Outcome.TIMED_OUT, example='{"number":2}'),
        failed("test_third"),
    )
    store_all(tasks, gradebook, result_of(*tests))
    sha256 = GRADED.evidence.tests_sha256
    assert gradebook.examples("small", sha256) == {"test_double": ('{"number":1}',)}


def test_a_grade_has_the_time_at_which_it_was_kept(
    commission: Commission, gradebook: Gradebook, hand_in: HandInAs, tmp_path: Path
) -> None:
    before = datetime.now(UTC)
    store_all(tasks_for([hand_in("anna", RIGHT)], commission, gradebook), gradebook)
    (grade,) = gradebook.standing()
    assert before <= grade.graded_at <= datetime.now(UTC)
