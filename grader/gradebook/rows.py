"""From records to rows of the tables, and back."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from grader.classroom import Grade
from grader.errors import GraderError
from grader.gradebook.filed import Filed
from grader.messages import cut, inert_line
from grader.results import from_json, to_json

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def row_of(filed: Filed, submission_sha256: str) -> dict[str, Any]:
    """Return the row of a grade, but for its number."""
    result = filed.result
    return {
        "student": filed.key.student,
        "exercise": filed.key.exercise,
        "fingerprint": filed.key.fingerprint,
        "repeat": filed.key.repeat,
        "verdict": result.verdict.value,
        "points": result.points,
        "max_points": result.max_points,
        "result": json.dumps(to_json(result)),  # in ASCII, whatever texts are in it
        "graded_at": filed.graded_at,
        "submission_sha256": submission_sha256,
        "is_late": filed.is_late,
        "place": filed.place,
        "tried": filed.tried,
    }


def files_to_text(files: Mapping[str, bytes]) -> str:
    """Return the files of a submission as they are stored."""
    return json.dumps(
        {name: base64.b64encode(content).decode("ascii") for name, content in files.items()}
    )


def grade_of(row: Row[Any], shown: str) -> Grade:
    """Return the grade in a row of `grader.gradebook.questions.select_grades`.

    `shown` is the gradebook's place.

    Raises:
        GraderError: when the row's JSON cannot be read.
    """
    try:
        result = from_json(json.loads(row.result))
        files = _files_of(row.files)
    except _UNREADABLE as error:
        whose = inert_line(f"{row.student}, {row.exercise}")
        reason = inert_line(cut(f"{type(error).__name__}: {error}"))
        raise GraderError(
            f"grade {row.number} ({whose}) in the gradebook {shown} cannot be read ({reason}); "
            "grade that submission again with --force"
        ) from None
    return Grade(
        student=row.student,
        exercise=row.exercise,
        result=result,
        graded_at=row.graded_at,
        files=files,
        is_late=row.is_late,
        place=row.place,
        fingerprint=row.fingerprint,
        repeat=row.repeat,
        tried=row.tried,
        number=row.number,
    )


def _files_of(text: str) -> dict[str, bytes]:
    data = json.loads(text)
    return {name: base64.b64decode(content, validate=True) for name, content in data.items()}
