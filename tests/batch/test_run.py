"""A batch: everything is handed out and comes back once, and nothing stops the others."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from exercise_files import write_exercise
from made_up import failed, passed, result_of

from grader.batch.run import TRIES, Crew, run
from grader.batch.task import Order, Task
from grader.errors import GraderError
from grader.gradebook import Key
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Result
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

ORDER = Order(SandboxChoice("none"), Limits(), 0)
GOOD = result_of(passed("test_a"))
SANDBOX_FAILED = replace(
    GOOD, breakdown=Breakdown(Outcome.SANDBOX_FAILED, "the engine does not answer")
)
TEST_BROKEN = result_of(failed("test_a", outcome=Outcome.TEST_BROKEN))


def tasks(folder: Path, count: int) -> list[Task]:
    exercise = write_exercise(folder)
    submission = Submission("small.py", {"small.py": b""}, "small.py")
    return [
        Task(Key(f"student{number}", "small", "0" * 64), exercise, submission, ORDER)
        for number in range(count)
    ]


def nothing(task: Task) -> None:
    """Take in that a task was handed out, and do nothing about it."""


def crew(work: Callable[[Task], Result], width: int = 2) -> Crew:
    return Crew(ThreadPoolExecutor(2), work, lambda: width)


class Failing:
    """Work that raises, or comes to nothing, a number of times for each student, and then works."""

    def __init__(self, times: int, what: Exception | Result) -> None:
        self.times = times
        self.what = what
        self.asked: dict[str, int] = {}

    def __call__(self, task: Task) -> Result:
        student = task.key.student
        self.asked[student] = self.asked.get(student, 0) + 1
        if self.asked[student] > self.times:
            return GOOD
        if isinstance(self.what, Exception):
            raise self.what
        return self.what


def test_every_task_comes_back_once(tmp_path: Path) -> None:
    started: list[Task] = []
    given = tasks(tmp_path, 20)
    done = list(run(given, crew(lambda task: GOOD), started.append))
    assert {one.task.key for one in done} == {task.key for task in given}
    assert len(done) == 20
    assert started == given
    assert all(one.result == GOOD for one in done)


def test_no_task_makes_nothing(tmp_path: Path) -> None:
    assert list(run([], crew(lambda task: GOOD), nothing)) == []


class CountingExecutor(Executor):
    """Does nothing until it is told to, and counts what it holds."""

    def __init__(self) -> None:
        self.held: list[Future[Any]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.held.append(future)
        self.most = max(self.most, len(self.held))
        if len(self.held) == 3:
            self.held.pop(0).set_result(GOOD)
        return future


def test_only_a_few_tasks_are_handed_out_at_a_time(tmp_path: Path) -> None:
    executor = CountingExecutor()
    taken = 0

    def endless() -> Any:
        nonlocal taken
        for task in tasks(tmp_path, 1) * 1000:
            taken += 1
            yield task

    finished = run(endless(), Crew(executor, lambda task: GOOD, lambda: 3), nothing)
    for _ in range(5):
        next(finished)
    finished.close()
    assert executor.most == 3
    assert taken <= 8
    assert all(future.cancelled() for future in executor.held)


def test_who_loses_a_worker_is_graded_by_another_one(tmp_path: Path) -> None:
    work = Failing(TRIES - 1, RuntimeError("the worker has gone"))
    done = list(run(tasks(tmp_path, 3), crew(work), nothing))
    assert [one.result for one in done] == [GOOD] * 3
    assert set(work.asked.values()) == {TRIES}


def test_a_task_that_is_always_lost_is_given_up_and_says_why(tmp_path: Path) -> None:
    work = Failing(10, RuntimeError("the worker has gone"))
    (done,) = run(tasks(tmp_path, 1), crew(work), nothing)
    assert done.result is None
    assert "lost 3 times (RuntimeError: the worker has gone)" in done.reason
    assert work.asked == {"student0": TRIES}


def test_one_that_cannot_be_graded_stops_no_other(tmp_path: Path) -> None:
    def work(task: Task) -> Result:
        if task.key.student == "student1":
            raise GraderError("there is no sandbox here")
        return GOOD

    done = {one.task.key.student: one for one in run(tasks(tmp_path, 4), crew(work), nothing)}
    assert len(done) == 4
    assert done.pop("student1").reason == "there is no sandbox here"
    assert all(one.result == GOOD for one in done.values())


def test_a_failure_of_the_moment_is_tried_again(tmp_path: Path) -> None:
    work = Failing(1, SANDBOX_FAILED)
    (done,) = run(tasks(tmp_path, 1), crew(work), nothing)
    assert done.result == GOOD
    assert work.asked == {"student0": 2}


def test_a_failure_that_stays_is_told_as_it_is(tmp_path: Path) -> None:
    (done,) = run(tasks(tmp_path, 1), crew(Failing(10, SANDBOX_FAILED)), nothing)
    assert done.result == SANDBOX_FAILED


def test_a_broken_test_is_not_tried_again(tmp_path: Path) -> None:
    work = Failing(10, TEST_BROKEN)
    (done,) = run(tasks(tmp_path, 1), crew(work), nothing)
    assert done.result == TEST_BROKEN
    assert work.asked == {"student0": 1}


def test_when_nobody_listens_any_more_nothing_new_is_begun(tmp_path: Path) -> None:
    began: list[str] = []
    go_on = threading.Event()

    def work(task: Task) -> Result:
        began.append(task.key.student)
        if task.key.student != "student0":
            go_on.wait(10)
        return GOOD

    executor = ThreadPoolExecutor(1)
    finished = run(tasks(tmp_path, 50), Crew(executor, work, lambda: 5), nothing)
    next(finished)
    finished.close()
    go_on.set()
    executor.shutdown()
    assert len(began) <= 2
