"""Confirms timeouts: what took too long beside others is tried once more with nothing beside it.

So is what did not load, which may be an import that took too long.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.batch.run import Crew, run
from grader.batch.task import Done, Task
from grader.outcomes import Outcome
from grader.results import Result

_DOUBTFUL = (Outcome.TIMED_OUT, Outcome.DOES_NOT_LOAD)


def confirmed(finished: Iterable[Done], crew: Crew) -> Iterator[Done]:
    """Yield what is done; where a test may have taken too long, last and after a second run.

    Until then it is not anybody's grade: it could be the machine that was slow.
    """
    doubtful = []
    for done in finished:
        if done.result is not None and doubtful_tests(done.result):
            doubtful.append(done)
        else:
            yield done
    for first in doubtful:
        yield second_try(first, crew)


def doubtful_tests(result: Result) -> tuple[str, ...]:
    """Return the names of the tests that may have taken too long."""
    return tuple(test.name for test in result.tests if test.outcome in _DOUBTFUL)


def second_try(first: Done, crew: Crew) -> Done:
    """Run the doubtful tests once more, with all the time that they have."""
    assert first.result is not None  # noqa: S101 - some of its tests are doubtful
    again = replace(first.task, only=doubtful_tests(first.result), is_alone=True)
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
