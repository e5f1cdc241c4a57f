"""The report that Gradescope reads: `results.json`, for one submission or for a class.

Its fields: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
"""

import json
from collections.abc import Iterator
from typing import Any

from grader.classroom import ClassRecord
from grader.messages import inert_line
from grader.outcomes import Fault, Outcome
from grader.reports.many import files_of
from grader.reports.plain import explain, why_not_graded
from grader.results import Result, TestRecord, Verdict


def render(result: Result) -> str:
    """Return the `results.json` of a submission, for `/autograder/results/results.json`.

    Each test has its points, and Gradescope adds them up. No test is hidden: one that is would hide
    the total, too. All texts are declared to be plain text.

    What is not graded has no score, neither as a whole nor at any test, and no points to earn: it
    must not be read as 0 points. Gradescope then has nothing to give, and the student reads why.
    """
    is_graded = result.verdict is not Verdict.NOT_GRADED
    data: dict[str, Any] = {
        "output": _heading(result) if is_graded else why_not_graded(result),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(test.seconds for test in result.tests), 3),
        "tests": [
            _test(test, number, is_graded=is_graded) for number, test in enumerate(result.tests, 1)
        ],
        "extra_data": {"exercise": inert_line(result.exercise), "verdict": result.verdict.value},
    }
    return json.dumps(data, indent=2) + "\n"


def files(record: ClassRecord) -> Iterator[tuple[str, bytes]]:
    """Yield (STUDENT/EXERCISE/results.json, content) for each grade."""
    return files_of(record, "results.json", lambda grade: render(grade.result))


def _heading(result: Result) -> str:
    return f"{inert_line(result.title)}: {result.points} of {result.max_points} points"


def _test(test: TestRecord, number: int, *, is_graded: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": inert_line(test.title or test.name),
        "number": str(number),
        "output": explain(test),
        "extra_data": {"test": inert_line(test.name), "outcome": test.outcome.value},
    }
    if is_graded:
        data |= {"score": test.points, "max_score": test.max_points}
    # "failed" would blame a submission for a test that is not graded through no fault of its own.
    if test.outcome.fault is not Fault.GRADER:
        data["status"] = "passed" if test.outcome is Outcome.PASSED else "failed"
    return data
