"""The report of an Exercism test runner: `results.json`, version 2.

Its fields: https://exercism.org/docs/building/tooling/test-runners/interface. Version 3 adds only
the task that a test belongs to, which no exercise here says. There are no points in it. `test_code`
is left out, because hidden tests are hidden, and `output`, because what a submission prints is not
kept.
"""

import json
from collections.abc import Iterator
from typing import Any

from grader.classroom import ClassRecord
from grader.messages import inert_line
from grader.outcomes import Outcome
from grader.reports.many import files_of
from grader.reports.plain import explain, why_not_graded
from grader.results import Result, TestRecord, Verdict

VERSION = 2
MAX_MESSAGE_CHARACTERS = 65_535

_CUT = "\n(The rest is left out.)"


def render(result: Result) -> str:
    """Return the `results.json` of a submission.

    The status is "error", with a message and no tests, where no test could run: when the
    submission cannot be imported, and when it is not graded through no fault of its own.
    """
    error = _why_nothing_ran(result)
    if error:
        data: dict[str, Any] = {
            "version": VERSION,
            "status": "error",
            "message": _cut(error),
            "tests": [],
        }
    else:
        is_pass = result.verdict is Verdict.ALL_POINTS
        data = {
            "version": VERSION,
            "status": "pass" if is_pass else "fail",
            "message": None,
            "tests": [_test(test) for test in result.tests],
        }
    return json.dumps(data, indent=2) + "\n"


def files(record: ClassRecord) -> Iterator[tuple[str, bytes]]:
    """Yield (STUDENT/EXERCISE/results.json, content) for each grade."""
    return files_of(record, "results.json", lambda grade: render(grade.result))


def _why_nothing_ran(result: Result) -> str:
    """Return the message for a submission of which no test says anything, or ""."""
    if result.verdict is Verdict.NOT_GRADED:
        return why_not_graded(result)
    if all(test.outcome is Outcome.DOES_NOT_LOAD for test in result.tests):
        return explain(result.tests[0]) or "The submission cannot be imported."
    return ""


def _test(test: TestRecord) -> dict[str, Any]:
    data = {"name": inert_line(test.title or test.name), "status": _status(test.outcome)}
    if test.outcome is not Outcome.PASSED:
        data["message"] = _cut(explain(test) or "This test was not passed.")
    return data


def _status(outcome: Outcome) -> str:
    """Return "fail" for a wrong answer, "error" for none."""
    if outcome is Outcome.PASSED:
        return "pass"
    return "fail" if outcome is Outcome.FAILED else "error"


def _cut(message: str) -> str:
    if len(message) <= MAX_MESSAGE_CHARACTERS:
        return message
    return message[: MAX_MESSAGE_CHARACTERS - len(_CUT)] + _CUT
