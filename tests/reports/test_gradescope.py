"""Gradescope's results.json: its fields, its points, and that ungraded is never 0 points."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcomes import Fault, Outcome
from grader.reports.gradescope import files, render
from reports.small_class import (
    BROKEN,
    ENGINE_DOWN,
    FAILED,
    PASSED,
    result_of,
    small_class,
    with_texts,
)

# The fields of https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
# (source: docs/specs.md of https://github.com/gradescope/autograder_samples), as a schema.
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "max_score": {"type": "number"},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": VISIBILITY,
        "extra_data": {"type": "object"},
    },
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {"type": "array", "items": TEST},
        "leaderboard": {"type": "array"},
    },
}
# Without points as a whole, each test has to have some.
GRADED = SCHEMA | {
    "properties": SCHEMA["properties"]
    | {"tests": {"type": "array", "items": TEST | {"required": ["score"]}}}
}
any_text = st.text(st.characters() | st.sampled_from("<>&\0\x1b\n\t\udcff`*[]"), max_size=20)


def data_of(*tests: Any, **details: Any) -> dict[str, Any]:
    """Return what a reader finds for a submission."""
    data: dict[str, Any] = json.loads(render(result_of(*tests, **details)))
    jsonschema.validate(data, SCHEMA)
    return data


def test_a_graded_submission_has_the_fields_of_the_specification() -> None:
    jsonschema.validate(data_of(PASSED, FAILED), GRADED)


def test_each_test_has_its_points_and_nothing_overrides_their_sum() -> None:
    data = data_of(PASSED, FAILED)
    assert [(test["score"], test["max_score"]) for test in data["tests"]] == [(3, 3), (0, 2)]
    assert [test["status"] for test in data["tests"]] == ["passed", "failed"]
    assert "score" not in data
    assert data["execution_time"] == 0.75
    assert data["output"] == "Write two decorators: 3 of 5 points"


def test_nothing_is_hidden_that_would_hide_the_total() -> None:
    data = data_of(PASSED, FAILED)
    assert data["visibility"] == "visible"
    assert all("visibility" not in test for test in data["tests"])


def test_the_student_reads_what_happened() -> None:
    assert data_of(FAILED)["tests"][0]["output"].splitlines() == [
        "Your code gave a wrong answer.",
        "with: times = 0",
        "you gave: [1]",
        "expected: []",
        "hint: Think of 0.",
    ]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one.fault is Fault.GRADER])
def test_what_is_not_graded_has_no_score_at_all(outcome: Outcome) -> None:
    data = data_of(PASSED, replace(BROKEN, outcome=outcome))
    assert all("score" not in test and "max_score" not in test for test in data["tests"])
    assert "score" not in data
    assert data["output"].startswith("Not graded, through no fault of the submission.")
    assert "status" not in data["tests"][1]


def test_what_could_not_start_says_why() -> None:
    data = data_of(breakdown=ENGINE_DOWN)
    assert data["tests"] == []
    assert data["output"].endswith("the engine does not answer")


@given(any_text)
def test_every_text_is_plain_and_inert(text: str) -> None:
    data = json.loads(render(with_texts(text).grades[0].result))
    jsonschema.validate(data, GRADED)
    assert data["output_format"] == data["test_output_format"] == data["test_name_format"] == "text"
    shown = [data["output"], *(test[name] for test in data["tests"] for name in ("name", "output"))]
    assert all(one.replace("\n", "").isprintable() for one in shown)


def test_a_class_has_a_file_for_each_grade() -> None:
    found = dict(files(small_class()))
    assert list(found) == [
        "ada/decorators/results.json",
        "ada/generators/results.json",
        "bob/decorators/results.json",
        "cy/decorators/results.json",
    ]
    result = small_class().grades[0].result
    assert found["ada/decorators/results.json"] == render(result).encode()
