"""Grades that were never given, to be stored in a gradebook."""

from datetime import UTC, datetime, timedelta
from typing import Any

from grader.gradebook import Filed, Key
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Evidence, Result, TestRecord

BEGINNING = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)

_EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "none", "", "", 0, Limits())


def result_of(*tests: TestRecord, breakdown: Breakdown | None = None) -> Result:
    """Return a result with these records."""
    return Result("small", "Small", "small.py", tests, _EVIDENCE, breakdown)


def of_test(points: int, outcome: Outcome = Outcome.PASSED, **details: Any) -> TestRecord:
    """Return the record of a test."""
    return TestRecord("test_one", "Title.", points, outcome, **details)


RIGHT = result_of(of_test(2), of_test(1))
WRONG = result_of(of_test(2), of_test(1, Outcome.FAILED))
BROKEN = result_of(breakdown=Breakdown(Outcome.JUDGE_BROKE, "The judge ended."))


def print_of(number: int) -> str:
    """Return a fingerprint."""
    return f"{number:064x}"


def key(student: str = "anna", exercise: str = "small", number: int = 0, repeat: int = 0) -> Key:
    """Return a key whose fingerprint is that of a number."""
    return Key(student, exercise, print_of(number), repeat)


def filed(at: Key, result: Result = RIGHT, minutes: int = 0, **details: Any) -> Filed:
    """Return a result under a key, given that many minutes after the beginning."""
    code = f"# {at.student} {at.fingerprint}\n".encode("utf-8", "backslashreplace")
    values = {"files": {"small.py": code}, "place": f"{at.student}/small.py", **details}
    return Filed(at, result, graded_at=BEGINNING + timedelta(minutes=minutes), **values)
