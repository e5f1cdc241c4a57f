"""How far a batch is: a line that says all of it, on a terminal and without one."""

from pathlib import Path
from typing import Any

import pytest
from exercise_files import write_exercise
from made_up import failed, passed, result_of

from grader.batch.task import Done, Order, Task
from grader.cli import progress
from grader.cli.progress import BatchProgress, word_for
from grader.gradebook import Key
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

RIGHT = result_of(passed("test_a"))
WRONG = result_of(failed("test_a"))
OURS = result_of(failed("test_a", outcome=Outcome.JUDGE_BROKE))


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "time", made)
    return made


@pytest.fixture
def task(tmp_path: Path) -> Task:
    order = Order(SandboxChoice("none"), Limits(), 0)
    submission = Submission("small.py", {"small.py": b""}, "small.py")
    return Task(Key("anna", "small", "0" * 64), write_exercise(tmp_path / "b"), submission, order)


def test_a_task_without_a_result_is_not_graded(task: Task) -> None:
    words = [word_for(Done(task, result)) for result in (RIGHT, WRONG, OURS, None)]
    assert words == ["all points", "not all points", "not graded", "not graded"]


def test_the_line_tells_done_running_left_rate_time_to_go_and_outcomes(
    task: Task, clock: Clock
) -> None:
    shown = BatchProgress("graded", 100, 2)
    for _ in range(12):
        shown.started(task)
    for result in [RIGHT] * 6 + [WRONG] * 3 + [None]:
        shown.done(Done(task, result))
    clock.now += 20
    assert shown.sentence() == (
        "10 of 100 graded; 2 running, 88 left; 30 a minute, 3 min 0 s to go; "
        "6 all points, 3 not all points, 1 not graded"
    )


def test_at_the_end_there_is_nothing_to_go(task: Task, clock: Clock) -> None:
    shown = BatchProgress("graded", 1, 2)
    shown.started(task)
    shown.done(Done(task, RIGHT))
    clock.now += 0.5
    assert shown.sentence() == "1 of 1 graded; 1 all points"


def test_long_times_are_told_in_hours(task: Task, clock: Clock) -> None:
    shown = BatchProgress("graded", 10_001, 1)
    shown.started(task)
    clock.now += 2
    shown.done(Done(task, RIGHT))
    assert "30 a minute, 5 h 33 min to go" in shown.sentence()


def test_without_a_terminal_a_plain_line_comes_now_and_then(
    task: Task, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    with BatchProgress("graded", 3, 1) as shown:
        for seconds in (1, 14.5, 1):
            shown.started(task)
            clock.now += seconds
            shown.done(Done(task, RIGHT))
    lines = capfd.readouterr().err.splitlines()
    assert [line.split(";")[0] for line in lines] == ["2 of 3 graded", "3 of 3 graded"]
    assert not any("\x1b" in line for line in lines)


def test_nothing_to_do_says_nothing(capfd: pytest.CaptureFixture[str], clock: Any) -> None:
    with BatchProgress("graded", 0, 1):
        pass
    assert capfd.readouterr().err == ""
