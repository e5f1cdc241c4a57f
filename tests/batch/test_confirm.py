"""Timeouts of a batch: they count only when they come again with nothing beside them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from exercise_files import write_exercise
from made_up import failed, passed, result_of

from grader.batch.confirm import confirmed
from grader.batch.run import Crew
from grader.batch.task import Done, Order, Task
from grader.errors import GraderError
from grader.gradebook import Key
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Result
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

ORDER = Order(SandboxChoice("none"), Limits(), 0)
SLOW = failed("test_a", outcome=Outcome.TIMED_OUT)
GOOD = result_of(passed("test_a"), passed("test_b"))
DOUBTFUL = result_of(SLOW, passed("test_b"))


@pytest.fixture
def task(tmp_path: Path) -> Task:
    submission = Submission("small.py", {"small.py": b""}, "small.py")
    return Task(Key("anna", "small", "0" * 64), write_exercise(tmp_path), submission, ORDER)


class Watching:
    """Grades with one result, and keeps the tasks."""

    def __init__(self, result: Result | Exception) -> None:
        self.tasks: list[Task] = []
        self._result = result

    def __call__(self, task: Task) -> Result:
        self.tasks.append(task)
        if isinstance(self._result, Exception):
            raise self._result
        return self._result


def crew(work: Callable[[Task], Result]) -> Crew:
    return Crew(ThreadPoolExecutor(1), work, lambda: 2)


def test_what_has_not_timed_out_is_not_tried_again(task: Task) -> None:
    work = Watching(GOOD)
    done = [Done(task, GOOD), Done(task, None, "no sandbox")]
    assert list(confirmed(done, crew(work))) == done
    assert work.tasks == []


def test_only_the_tests_that_timed_out_are_run_again_and_alone(task: Task) -> None:
    work = Watching(result_of(passed("test_a")))
    ((_, result),) = [
        (one.task, one.result) for one in confirmed([Done(task, DOUBTFUL)], crew(work))
    ]
    (again,) = work.tasks
    assert again == replace(task, only=("test_a",), is_alone=True)
    assert result == GOOD


def test_what_did_not_load_is_tried_again_since_an_import_may_have_taken_too_long(
    task: Task,
) -> None:
    unloaded = failed("test_a", outcome=Outcome.DOES_NOT_LOAD)
    work = Watching(result_of(passed("test_a")))
    (done,) = confirmed([Done(task, result_of(unloaded, passed("test_b")))], crew(work))
    assert done == Done(task, GOOD)


def test_a_timeout_that_comes_again_counts(task: Task) -> None:
    work = Watching(result_of(SLOW))
    (done,) = confirmed([Done(task, DOUBTFUL)], crew(work))
    assert done == Done(task, DOUBTFUL)


def test_doubtful_ones_come_last_so_that_nothing_is_beside_them(task: Task) -> None:
    order = []

    def finished() -> "list[Done]":
        return [Done(task, DOUBTFUL), Done(task, GOOD)]

    def work(again: Task) -> Result:
        order.append("second run")
        return result_of(SLOW)

    for done in confirmed(finished(), crew(work)):
        order.append("good" if done.result == GOOD else "doubtful")
    assert order == ["good", "second run", "doubtful"]


def test_a_second_run_that_is_broken_through_our_fault_leaves_it_not_graded(task: Task) -> None:
    breakdown = Breakdown(Outcome.SANDBOX_FAILED, "the engine does not answer")
    broken = replace(result_of(SLOW), breakdown=breakdown)
    (done,) = confirmed([Done(task, DOUBTFUL)], crew(Watching(broken)))
    assert done.result is not None
    assert done.result.breakdown == breakdown
    (done,) = confirmed([Done(task, DOUBTFUL)], crew(Watching(GraderError("no sandbox"))))
    assert done == Done(task, None, "no sandbox")
