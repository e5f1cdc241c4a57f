"""Confirms timeouts: what took too long beside others is tried once more with nothing beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.batch.run import Crew, run
from grader.batch.task import Done, Task
from grader.outcomes import Outcome
from grader.results import Result


def confirmed(finished: Iterable[Done], crew: Crew) -> Iterator[Done]:
    """Yield what is done; where a test has timed out, last and after a second run.

    Until then it is not anybody's grade: it could be the machine that was slow.
    """
    doubtful = []
    for done in finished:
        if done.result is not None and timed_out(done.result):
            doubtful.append(done)
        else:
            yield done
    for first in doubtful:
        yield second_try(first, crew)


def timed_out(result: Result) -> tuple[str, ...]:
    """Return the names of the tests that have taken too long."""
    return tuple(test.name for test in result.tests if test.outcome is Outcome.TIMED_OUT)


def second_try(first: Done, crew: Crew) -> Done:
    """Run the tests that have timed out once more, with all the time that they have."""
    assert first.result is not None  # noqa: S101 - some of its tests have timed out
    again = replace(first.task, only=timed_out(first.result), is_alone=True)
    (second,) = run([again], crew, _say_nothing)
    if second.result is None:
        return Done(first.task, None, second.reason)
    return Done(first.task, with_later(first.result, second.result))


def with_later(first: Result, second: Result) -> Result:
    """Return a result with what a later run has found of some of its tests."""
    later = {test.name: test for test in second.tests}
    tests = tuple(later.get(test.name, test) for test in first.tests)
    return replace(first, tests=tests, breakdown=second.breakdown)


def _say_nothing(task: Task) -> None:
    """Take no note of a start: it has been counted."""
