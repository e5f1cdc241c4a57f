"""What can become of one hidden test, and the one table that says whose fault it is.

The table (`FAULTS`) is the whole policy: an outcome that is the submission's costs the test's
points, an outcome that is ours leaves the submission not graded, and nothing else exists. The same
table stands in ARCHITECTURE.md; a test compares the two line by line.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Fault(StrEnum):
    """Whose fault an outcome is."""

    NOBODY = "nobody"
    SUBMISSION = "submission"
    GRADER = "grader"


class Outcome(StrEnum):
    """What became of one hidden test; the value is the machine's word for it."""

    PASSED = "passed"

    FAILED = "failed"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    BAD_REPLY = "bad_reply"
    TOO_MUCH_OUTPUT = "too_much_output"
    DOES_NOT_LOAD = "does_not_load"

    SANDBOX_FAILED = "sandbox_failed"
    JUDGE_BROKE = "judge_broke"
    TEST_BROKEN = "test_broken"
    NOT_COLLECTED = "not_collected"
    JUDGE_LIMIT = "judge_limit"

    @property
    def fault(self) -> Fault:
        """Whose fault this outcome is, by the table."""
        return FAULTS[self]

    def points_of(self, maximum: int) -> int:
        """Return what this outcome earns of a test's `maximum` points: all of them or none."""
        return maximum if self is Outcome.PASSED else 0


FAULTS: Mapping[Outcome, Fault] = MappingProxyType(
    {
        Outcome.PASSED: Fault.NOBODY,
        Outcome.FAILED: Fault.SUBMISSION,
        Outcome.RAISED: Fault.SUBMISSION,
        Outcome.TIMED_OUT: Fault.SUBMISSION,
        Outcome.OUT_OF_MEMORY: Fault.SUBMISSION,
        Outcome.CRASHED: Fault.SUBMISSION,
        Outcome.BAD_REPLY: Fault.SUBMISSION,
        Outcome.TOO_MUCH_OUTPUT: Fault.SUBMISSION,
        Outcome.DOES_NOT_LOAD: Fault.SUBMISSION,
        Outcome.SANDBOX_FAILED: Fault.GRADER,
        Outcome.JUDGE_BROKE: Fault.GRADER,
        Outcome.TEST_BROKEN: Fault.GRADER,
        Outcome.NOT_COLLECTED: Fault.GRADER,
        Outcome.JUDGE_LIMIT: Fault.GRADER,
    }
)
