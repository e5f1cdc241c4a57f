"""The report of a class for programs: one line of JSON, in the shape of `class.schema.json`."""

import dataclasses
import json
from typing import Any

from grader.classroom import ClassRecord, Grade
from grader.reports.moments import utc
from grader.results import to_json

SCHEMA = "grader/class/v1"


def render(record: ClassRecord) -> str:
    """Return the record on one line, in ASCII, without the submissions' files."""
    data = {
        "schema": SCHEMA,
        "title": record.title,
        "topics": [dataclasses.asdict(topic) for topic in record.topics],
        "students": [dataclasses.asdict(student) for student in record.students],
        "grades": [_grade(grade) for grade in record.grades],
        "missing": [
            {"student": student.id, "exercise": topic.id} for student, topic in record.missing
        ],
        "refusals": [dataclasses.asdict(refusal) for refusal in record.refusals],
    }
    return json.dumps(data) + "\n"


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "student": grade.student,
        "exercise": grade.exercise,
        "is_late": grade.is_late,
        "place": grade.place,
        "graded_at": utc(grade.graded_at),
        "number": grade.number,
        "result": to_json(grade.result),
    }
