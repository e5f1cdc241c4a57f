"""Compares two results of one submission, test by test."""

from dataclasses import dataclass

from grader.results import Result, TestRecord


@dataclass(frozen=True)
class TestChange:
    """One hidden test of which the two results say something different.

    `before` and `after` are records, None where a result has no such test.
    """

    __test__ = False  # the name would make pytest collect the class

    name: str
    before: TestRecord | None
    after: TestRecord | None

    @property
    def title(self) -> str:
        """What the test is about; the newer words where both have some."""
        record = self.after or self.before
        return record.title if record else self.name

    @property
    def points(self) -> int:
        """The points that are gained by it, or lost where it is below 0."""
        return _points(self.after) - _points(self.before)


def compare(before: Result, after: Result) -> tuple[TestChange, ...]:
    """Return each test with another outcome, other points or another counterexample.

    In the order of the newer result; tests that are gone come last. Times do not count.
    """
    old = {test.name: test for test in before.tests}
    new = {test.name: test for test in after.tests}
    names = [*new, *(name for name in old if name not in new)]
    changes = (TestChange(name, old.get(name), new.get(name)) for name in names)
    return tuple(one for one in changes if _essence(one.before) != _essence(one.after))


def _essence(test: TestRecord | None) -> object:
    if test is None:
        return None
    return test.outcome, test.points, test.max_points, test.counterexample


def _points(test: TestRecord | None) -> int:
    return test.points if test else 0
