"""Results of gradings that have not taken place, and mutants of a reference that there is not."""

from typing import Any

from grader.check.candidates import FileMutant
from grader.check.mutants import Mutant
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Evidence, Result, TestRecord

EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "none", "", "", 0, Limits())


def passed(name: str, points: int = 1, seconds: float = 0.0) -> TestRecord:
    """Return the record of a test that was passed."""
    return TestRecord(name, f"Title of {name}.", points, Outcome.PASSED, seconds=seconds)


def failed(
    name: str, points: int = 1, outcome: Outcome = Outcome.FAILED, **details: Any
) -> TestRecord:
    """Return the record of a test that was not passed."""
    return TestRecord(name, f"Title of {name}.", points, outcome, **details)


def result_of(*tests: TestRecord, breakdown: Breakdown | None = None) -> Result:
    """Return a result with these records."""
    return Result("small", "Small", "small.py", tests, EVIDENCE, breakdown)


def result_with(*names: str, failing: tuple[str, ...] = ()) -> Result:
    """Return a result with tests of these names, of which some fail."""
    return result_of(*(failed(name) if name in failing else passed(name) for name in names))


def mutant(number: int, function: str = "half", was: str = "a", becomes: str = "b") -> FileMutant:
    """Return a mutant of the one line of a file."""
    made = Mutant(number, function, 1, was, becomes, f"{becomes}\n", f"{was}\n")
    return FileMutant("small.py", made)
