"""Classroom 50's result.json: its fields, what is not known, and what stays over a regrade."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcomes import Fault, Outcome
from grader.reports.classroom50 import Origin, files, origin_of, render
from reports.small_class import (
    ADA,
    BROKEN,
    ENGINE_DOWN,
    FAILED,
    PASSED,
    grade_of,
    record_of,
    result_of,
    small_class,
    with_texts,
)

# The fields of schemas/result-v1.schema.json of https://github.com/foundation50/classroom50.
TEXT = {"type": "string", "minLength": 1}
MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$",
}
POINTS = {"type": "integer", "minimum": 0}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        *("schema", "classroom", "assignment", "assignment_type", "owner", "submission"),
        *("commit", "release", "review", "datetime", "score", "max-score", "tests"),
    ],
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        "classroom": TEXT,
        "assignment": TEXT,
        "assignment_type": {"enum": ["individual", "group"]},
        "owner": TEXT,
        "submission": {"type": "string", "pattern": "^submit/"},
        "commit": TEXT,
        "release": TEXT,
        "review": TEXT,
        "datetime": MOMENT,
        "graded_at": MOMENT,
        "score": POINTS,
        "max-score": POINTS,
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": TEXT,
                    "passed": {"type": "boolean"},
                    "score": POINTS,
                    "max-score": POINTS,
                },
            },
        },
        "submitted_by": {"type": "object"},
    },
}
RUNNER = {
    "CLASSROOM": "python",
    "ASSIGNMENT": "week-1",
    "ASSIGNMENT_TYPE": "group",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/1",
    "REVIEW_URL": "https://example.org/compare/0...1",
}
any_text = st.text(st.characters() | st.sampled_from("\0\x1b\n\t\udcff"), max_size=20)


def data_of(*tests: Any, origin: Origin | None = None, **details: Any) -> dict[str, Any]:
    """Return what a reader finds for a submission."""
    data: dict[str, Any] = json.loads(render(result_of(*tests, **details), origin))
    jsonschema.validate(data, SCHEMA)
    return data


def test_points_and_tests_are_those_of_the_result() -> None:
    data = data_of(PASSED, FAILED)
    assert (data["score"], data["max-score"]) == (3, 5)
    assert [(one["passed"], one["score"], one["max-score"]) for one in data["tests"]] == [
        (True, 3, 3),
        (False, 0, 2),
    ]
    assert data["tests"][1]["message"].startswith("Your code gave a wrong answer.")


def test_what_the_runner_tells_is_passed_on() -> None:
    data = data_of(PASSED, origin=origin_of(RUNNER))
    assert (
        data
        | {
            "classroom": "python",
            "assignment": "week-1",
            "assignment_type": "group",
            "owner": "ada",
            "submission": RUNNER["SUBMISSION_TAG"],
            "commit": RUNNER["COMMIT_URL"],
            "release": RUNNER["RELEASE_URL"],
            "review": RUNNER["REVIEW_URL"],
        }
        == data
    )


@pytest.mark.parametrize("environment", [{}, dict.fromkeys(RUNNER, " ")])
def test_what_is_not_known_is_said_to_be_unknown(environment: dict[str, str]) -> None:
    data = data_of(PASSED, origin=origin_of(environment))
    assert data["commit"] == data["release"] == data["review"] == data["classroom"] == "unknown"
    assert data["submission"] == "submit/unknown"
    assert data["assignment"] == "decorators"
    assert data["datetime"] == "1970-01-01T00:00:00Z"
    assert "graded_at" not in data


def test_the_time_of_the_submission_stays_when_it_is_graded_again() -> None:
    first = grade_of(ADA, PASSED)
    second = replace(first, graded_at=first.graded_at + timedelta(days=3))
    (one,), (other,) = (
        [json.loads(content) for _, content in files(record_of(grade))] for grade in (first, second)
    )
    assert one["datetime"] == other["datetime"]
    assert (one["graded_at"], other["graded_at"]) == (
        "2026-06-01T14:32:05Z",
        "2026-06-04T14:32:05Z",
    )


def test_a_time_is_given_in_utc() -> None:
    there = timezone(timedelta(hours=2))
    origin = Origin(submitted_at=datetime(2026, 6, 1, 16, 32, 5, 999, tzinfo=there))
    assert data_of(PASSED, origin=origin)["datetime"] == "2026-06-01T14:32:05Z"


@pytest.mark.parametrize("outcome", [one for one in Outcome if one.fault is Fault.GRADER])
def test_what_is_not_graded_has_no_points_to_lose(outcome: Outcome) -> None:
    data = data_of(PASSED, replace(BROKEN, outcome=outcome))
    assert (data["score"], data["max-score"], data["tests"]) == (0, 0, [])
    assert data_of(breakdown=ENGINE_DOWN)["max-score"] == 0


@given(any_text)
def test_every_text_is_inert(text: str) -> None:
    ((_, content),) = files(with_texts(text))
    data = json.loads(content)
    jsonschema.validate(data, SCHEMA)
    shown = [data["classroom"], *(test[name] for test in data["tests"] for name in test)]
    assert all(one.replace("\n", "").isprintable() for one in shown if isinstance(one, str))


def test_a_class_has_a_file_for_each_grade_with_the_student_as_its_owner() -> None:
    found = {name: json.loads(content) for name, content in files(small_class())}
    assert "ada/decorators/result.json" in found
    assert len(found) == 4
    for data in found.values():
        jsonschema.validate(data, SCHEMA)
    assert found["bob/decorators/result.json"]["owner"] == "bob"
    assert found["bob/decorators/result.json"]["classroom"] == "Small class"
