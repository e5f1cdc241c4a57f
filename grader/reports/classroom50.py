"""The report that Classroom 50 reads: `result.json`, of the schema classroom50/result/v1.

The schema: https://github.com/foundation50/classroom50/blob/main/schemas/result-v1.schema.json; who
writes and reads it: the wiki's page "Advanced Autograding" there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from grader.classroom import ClassRecord, Grade
from grader.messages import inert_line
from grader.outcomes import Outcome
from grader.reports.many import files_of
from grader.reports.moments import utc
from grader.reports.plain import explain
from grader.results import Result, TestRecord, Verdict

SCHEMA = "classroom50/result/v1"

UNKNOWN = "unknown"
UNKNOWN_TAG = "submit/unknown"
UNKNOWN_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Origin:
    """Where a submission comes from, which no result says: the repository, the commit, the time.

    The schema asks for all of it. What is not known is UNKNOWN, UNKNOWN_TAG or UNKNOWN_MOMENT,
    which no reader can take for the truth, and which stay the same when it is graded again.
    `assignment` is "" for the exercise's id. `submitted_at` is the commit's time, `graded_at` that
    of the grading, None where it is not known.
    """

    classroom: str = UNKNOWN
    assignment: str = ""
    assignment_type: str = "individual"
    owner: str = UNKNOWN
    tag: str = UNKNOWN_TAG
    commit: str = UNKNOWN
    release: str = UNKNOWN
    review: str = ""
    submitted_at: datetime = UNKNOWN_MOMENT
    graded_at: datetime | None = None


def origin_of(environment: Mapping[str, str]) -> Origin:
    """Return what Classroom 50's runner tells an `autograder.py` in environment variables.

    The time of the submission is not among them: the runner puts it in itself afterwards, and the
    owner and the assignment's type as well.
    """

    def told(name: str, default: str) -> str:
        return environment.get(name, "").strip() or default

    return Origin(
        classroom=told("CLASSROOM", UNKNOWN),
        assignment=told("ASSIGNMENT", ""),
        assignment_type=told("ASSIGNMENT_TYPE", "individual"),
        owner=told("OWNER", told("USERNAME", UNKNOWN)),
        tag=told("SUBMISSION_TAG", UNKNOWN_TAG),
        commit=told("COMMIT_URL", UNKNOWN),
        release=told("RELEASE_URL", UNKNOWN),
        review=told("REVIEW_URL", ""),
    )


def render(result: Result, origin: Origin | None = None) -> str:
    """Return the `result.json` of a submission.

    What is not graded has 0 of 0 points and no tests, as the schema has it for an error.
    """
    origin = origin or Origin()
    is_graded = result.verdict is not Verdict.NOT_GRADED
    data = {
        "schema": SCHEMA,
        "classroom": inert_line(origin.classroom),
        "assignment": inert_line(origin.assignment or result.exercise),
        "assignment_type": origin.assignment_type,
        "owner": inert_line(origin.owner),
        "submission": inert_line(origin.tag),
        "commit": inert_line(origin.commit),
        "release": inert_line(origin.release),
        # As the runner does, where there is nothing to compare the commit with.
        "review": inert_line(origin.review or origin.commit),
        "datetime": utc(origin.submitted_at),
        **({"graded_at": utc(origin.graded_at)} if origin.graded_at else {}),
        "score": result.points if is_graded else 0,
        "max-score": result.max_points if is_graded else 0,
        "tests": [_test(test) for test in result.tests] if is_graded else [],
    }
    return json.dumps(data, indent=2) + "\n"


def files(record: ClassRecord) -> Iterator[tuple[str, bytes]]:
    """Yield (STUDENT/EXERCISE/result.json, content) for each grade.

    The owner is the student's id, as in a folder of repositories that Classroom 50 has made.
    """
    return files_of(
        record, "result.json", lambda grade: render(grade.result, _origin(record, grade))
    )


def _origin(record: ClassRecord, grade: Grade) -> Origin:
    return Origin(
        classroom=record.title or UNKNOWN,
        assignment=grade.exercise,
        owner=grade.student,
        graded_at=grade.graded_at,
    )


def _test(test: TestRecord) -> dict[str, Any]:
    """Return a test's fields; readers keep the last two as they are."""
    return {
        "test-name": inert_line(test.title or test.name),
        "passed": test.outcome is Outcome.PASSED,
        "score": test.points,
        "max-score": test.max_points,
        "outcome": test.outcome.value,
        "message": explain(test),
    }
