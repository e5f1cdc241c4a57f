"""Keeps what has become of a task, the moment it is known."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from grader.batch.task import Done
from grader.gradebook import Filed
from grader.outcomes import Outcome
from grader.results import Verdict

if TYPE_CHECKING:
    from grader.gradebook import Gradebook

_FINDS = (Outcome.FAILED, Outcome.RAISED)


def keep(done: Done, gradebook: "Gradebook", tried: str = "") -> None:
    """Store the result of a task, and its counterexamples for the others; without one, nothing.

    `tried` is the hash of other students' examples that were tried on it. What was to replace a
    grade and came to nothing, through no fault of the submission, leaves that grade as it is.
    """
    if done.result is None:
        return
    task, result = done.task, done.result
    if task.key.repeat and result.verdict is Verdict.NOT_GRADED:
        return
    # First, since what has a grade is not graded again.
    for test in result.tests:
        if test.example and test.outcome in _FINDS:
            tests = result.evidence.tests_sha256
            gradebook.add_example(
                task.key.exercise, tests, test.name, test.example, task.key.student
            )
    gradebook.store(
        Filed(
            key=task.key,
            result=result,
            files=task.submission.files,
            graded_at=datetime.now(UTC),
            is_late=task.is_late,
            place=task.place,
            tried=tried,
        )
    )
