"""How much of a result a student is told, from nothing but the points to everything."""

from dataclasses import replace
from enum import StrEnum

from grader.outcomes import Fault
from grader.results import Result, TestRecord


class Feedback(StrEnum):
    """How much is told; each level tells what the one before tells, and more.

    none: the points of each test, by its number; titles: what each test is about; examples: what
    happened, and the smallest input for which it did; full: also what was given and expected, the
    lines of the student's code, and the hint.
    """

    NONE = "none"
    TITLES = "titles"
    EXAMPLES = "examples"
    FULL = "full"


def redact(result: Result, feedback: Feedback) -> Result:
    """Return the result with nothing in it that the level does not tell."""
    if feedback is Feedback.FULL:
        return result
    tests = tuple(
        _redact_test(test, feedback, number) for number, test in enumerate(result.tests, 1)
    )
    return replace(result, tests=tests)


def _redact_test(test: TestRecord, feedback: Feedback, number: int) -> TestRecord:
    test = replace(test, got="", expected="", frames=(), hint="")
    if feedback is Feedback.EXAMPLES:
        return test
    # Why something is not graded is no secret of the tests.
    if test.outcome.fault is not Fault.GRADER:
        test = replace(test, message="")
    # Seconds can depend on a hidden input, which makes them a channel out (a sleep, one bit).
    test = replace(test, counterexample=(), example="", seconds=0.0)
    if feedback is Feedback.TITLES:
        return test
    return replace(test, name=f"test_{number}", title=f"Test {number}")
