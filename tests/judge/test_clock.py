"""The judge's clock: only waiting counts, for the test and for the submission."""

import contextlib

import pytest

from grader.judge import clock
from grader.judge.clock import Clock
from grader.limits import Limits


class FakeTime:
    """Stands in for the module `time`; its clock moves only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    fake = FakeTime()
    monkeypatch.setattr(clock, "time", fake)
    return fake


def wait(counted: Clock, time: FakeTime, seconds: float) -> float:
    """Wait that long and return how long one could have waited."""
    with counted.waiting() as deadline:
        left = deadline - time.now
        time.pass_seconds(seconds)
    return left


def test_a_test_has_its_full_time_at_first(time: FakeTime) -> None:
    assert wait(Clock(Limits(test_seconds=10, submission_seconds=60)), time, 0) == 10


def test_waiting_uses_up_the_time_of_the_test(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=60))
    wait(counted, time, 4)
    assert wait(counted, time, 0) == 6


def test_what_the_judge_does_itself_is_not_counted(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=60))
    time.pass_seconds(1e6)
    assert wait(counted, time, 0) == 10
    assert not counted.submission_is_over


def test_the_next_test_has_its_full_time_again(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=60))
    wait(counted, time, 10)
    counted.begin_test(10)
    assert wait(counted, time, 0) == 10


def test_no_test_gets_more_than_what_the_submission_has_left(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=25))
    for _ in range(2):
        wait(counted, time, 10)
        counted.begin_test(10)
    assert wait(counted, time, 0) == 5


def test_the_submission_is_over_when_its_time_is_used_up_and_not_before(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=10))
    wait(counted, time, 9.5)
    assert not counted.submission_is_over
    wait(counted, time, 0.5)
    assert counted.submission_is_over


def test_a_wait_that_ends_with_an_exception_is_counted(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=60))
    with contextlib.suppress(TimeoutError), counted.waiting():
        time.pass_seconds(3)
        raise TimeoutError
    assert wait(counted, time, 0) == 7


def test_a_hurried_test_has_a_share_of_its_time_and_no_more_than_it_had_left(
    time: FakeTime,
) -> None:
    counted = Clock(Limits(submission_seconds=60))
    counted.begin_test(8)
    counted.hurry(0.25)
    with counted.waiting() as deadline:
        assert deadline == time.now + 2
    counted.begin_test(8)
    wait(counted, time, 7)
    counted.hurry(0.25)
    with counted.waiting() as deadline:
        assert deadline == time.now + 1


def test_a_test_may_have_a_time_of_its_own(time: FakeTime) -> None:
    counted = Clock(Limits(test_seconds=10, submission_seconds=60))
    counted.begin_test(3)
    assert counted.test_limit == 3
    wait(counted, time, 2)
    assert counted.waited_seconds == 2
