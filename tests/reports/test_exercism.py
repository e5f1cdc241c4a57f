"""Exercism's results.json: its fields, and which submissions have which status."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcomes import Fault, Outcome
from grader.reports.exercism import MAX_MESSAGE_CHARACTERS, files, render
from reports.small_class import (
    BROKEN,
    ENGINE_DOWN,
    FAILED,
    PASSED,
    result_of,
    small_class,
    with_texts,
)

# The fields of https://exercism.org/docs/building/tooling/test-runners/interface (source:
# building/tooling/test-runners/interface.md of https://github.com/exercism/docs), as a schema.
MESSAGE = {"type": "string", "minLength": 1, "maxLength": 65_535}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "status", "tests"],
    "properties": {
        "version": {"const": 2},
        "status": {"enum": ["pass", "fail", "error"]},
        "message": {"anyOf": [MESSAGE, {"type": "null"}]},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "status"],
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "status": {"enum": ["pass", "fail", "error"]},
                    "message": MESSAGE,
                    "output": {"type": "string", "maxLength": 500},
                    "test_code": {"type": "string"},
                },
                "if": {"properties": {"status": {"const": "pass"}}},
                "else": {"required": ["message"]},
            },
        },
    },
    "if": {"properties": {"status": {"const": "error"}}},
    "then": {"properties": {"message": MESSAGE}, "required": ["message"]},
    "else": {"properties": {"message": {"type": "null"}, "tests": {"minItems": 1}}},
}
any_text = st.text(st.characters() | st.sampled_from("\0\x1b\n\t\udcff"), max_size=20)


def data_of(*tests: Any, **details: Any) -> dict[str, Any]:
    """Return what a reader finds for a submission."""
    data: dict[str, Any] = json.loads(render(result_of(*tests, **details)))
    jsonschema.validate(data, SCHEMA)
    return data


def test_all_points_are_a_pass() -> None:
    data = data_of(PASSED)
    assert data["status"] == "pass"
    assert data["tests"] == [{"name": "`trace` prints.", "status": "pass"}]


def test_a_test_that_fails_says_why() -> None:
    data = data_of(PASSED, FAILED)
    assert data["status"] == "fail"
    assert [test["status"] for test in data["tests"]] == ["pass", "fail"]
    assert data["tests"][1]["message"].startswith("Your code gave a wrong answer.\nwith: times = 0")


@pytest.mark.parametrize(
    "outcome", [one for one in Outcome if one.fault is Fault.SUBMISSION and one != Outcome.FAILED]
)
def test_a_test_without_an_answer_is_an_error_and_the_submission_fails(outcome: Outcome) -> None:
    data = data_of(PASSED, replace(FAILED, outcome=outcome))
    assert data["status"] == "fail"
    assert data["tests"][1]["status"] == "error"


def test_a_submission_that_cannot_be_imported_is_an_error_as_a_whole() -> None:
    broken = replace(FAILED, outcome=Outcome.DOES_NOT_LOAD, message="No Python.")
    data = data_of(broken, broken)
    assert data["status"] == "error"
    assert data["message"].startswith("No Python.")
    assert data["tests"] == []


@pytest.mark.parametrize("outcome", [one for one in Outcome if one.fault is Fault.GRADER])
def test_what_is_not_graded_is_an_error_and_no_failed_test(outcome: Outcome) -> None:
    data = data_of(PASSED, replace(BROKEN, outcome=outcome))
    assert data["status"] == "error"
    assert data["message"].startswith("Not graded, through no fault of the submission.")
    assert data["tests"] == []


def test_what_could_not_start_says_why() -> None:
    assert data_of(breakdown=ENGINE_DOWN)["message"].endswith("the engine does not answer")


def test_a_failure_of_which_nothing_is_told_has_a_message_all_the_same() -> None:
    silent = replace(FAILED, message="", counterexample=(), got="", expected="", hint="")
    assert data_of(silent)["tests"][0]["message"]
    assert data_of(replace(silent, outcome=Outcome.DOES_NOT_LOAD))["message"]


def test_a_message_that_is_too_long_is_cut_and_says_so() -> None:
    data = data_of(replace(FAILED, message="x" * MAX_MESSAGE_CHARACTERS * 2), PASSED)
    message = data["tests"][0]["message"]
    assert len(message) == MAX_MESSAGE_CHARACTERS
    assert message.endswith("(The rest is left out.)")


@given(any_text)
def test_every_text_is_inert(text: str) -> None:
    data = json.loads(render(with_texts(text).grades[0].result))
    jsonschema.validate(data, SCHEMA)
    shown = [test[name] for test in data["tests"] for name in ("name", "message")]
    assert all(one.replace("\n", "").isprintable() for one in shown)


def test_a_class_has_a_file_for_each_grade() -> None:
    found = dict(files(small_class()))
    assert len(found) == 4
    result = small_class().grades[0].result
    assert found["ada/decorators/results.json"] == render(result).encode()
