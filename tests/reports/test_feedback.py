"""What each level of feedback takes away from a result."""

from dataclasses import replace

import pytest

from grader.limits import Limits
from grader.messages import not_judged
from grader.outcomes import FAULTS, Fault, Outcome
from grader.reports.feedback import Feedback, redact
from grader.results import Breakdown, Evidence, Frame, Result, TestRecord

EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "docker", "i", "", 0, Limits())
RECORD = TestRecord(
    name="test_trace",
    title="`trace` prints.",
    max_points=3,
    outcome=Outcome.FAILED,
    message="Your code gave a wrong answer.",
    counterexample=(("number", "0"),),
    got="1",
    expected="2",
    frames=(Frame("a.py", 1, "trace", "return 1"),),
    hint="Think.",
    seconds=1.5,
    example='{"number":0}',
)
# What a level tells of a test; each names also what the levels before it tell.
SHOWN = {
    Feedback.NONE: {"max_points", "outcome"},
    Feedback.TITLES: {"max_points", "outcome", "name", "title"},
    Feedback.EXAMPLES: {
        *("max_points", "outcome", "name", "title"),
        *("message", "counterexample", "example", "seconds"),
    },
    Feedback.FULL: set(vars(RECORD)),
}
every_level = pytest.mark.parametrize("level", Feedback)


def result_of(*tests: TestRecord, breakdown: Breakdown | None = None) -> Result:
    """Return a result with these tests."""
    return Result("decorators", "Decorators", "decorators.py", tests, EVIDENCE, breakdown)


@every_level
def test_a_level_keeps_what_it_tells_and_empties_the_rest(level: Feedback) -> None:
    (test,) = redact(result_of(RECORD), level).tests
    for name, value in vars(RECORD).items():
        assert (getattr(test, name) == value) is (name in SHOWN[level]), name


def test_without_titles_a_test_goes_by_its_number() -> None:
    tests = redact(result_of(RECORD, RECORD), Feedback.NONE).tests
    assert [(test.name, test.title) for test in tests] == [
        ("test_1", "Test 1"),
        ("test_2", "Test 2"),
    ]


@every_level
def test_points_verdict_and_evidence_are_those_of_the_whole_result(level: Feedback) -> None:
    result = result_of(RECORD, replace(RECORD, outcome=Outcome.PASSED))
    told = redact(result, level)
    assert (told.points, told.max_points, told.verdict) == (3, 6, result.verdict)
    assert told.evidence == EVIDENCE


@every_level
@pytest.mark.parametrize("outcome", [one for one in FAULTS if FAULTS[one] is Fault.GRADER])
def test_that_it_is_our_fault_is_told_at_every_level(level: Feedback, outcome: Outcome) -> None:
    breakdown = Breakdown(outcome, "the engine is down")
    test = replace(RECORD, outcome=outcome, message=not_judged())
    told = redact(result_of(test, breakdown=breakdown), level)
    assert told.breakdown == breakdown
    assert told.tests[0].message == not_judged()
