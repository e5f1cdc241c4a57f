"""The report of a class for programs: one line of the schema's shape, results as they were."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource

import grader
from grader.classroom import ClassRecord
from grader.reports.class_json import render
from grader.results import from_json
from reports.small_class import record_of, small_class, with_texts


def schema_of(name: str) -> dict[str, Any]:
    """Return a schema of the package."""
    file = Path(grader.__file__).parent / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


RESULT = schema_of("result")
VALIDATOR = jsonschema.Draft202012Validator(
    schema_of("class"),
    registry=Registry().with_resource(RESULT["$id"], Resource.from_contents(RESULT)),
)
any_text = st.text(
    st.characters() | st.sampled_from('\n\r\x85\u2028\u2029\x1b\udcff"\\'), max_size=20
)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of("class"))


@pytest.mark.parametrize("record", [small_class(), record_of()], ids=["small", "nobody"])
def test_every_record_has_the_shape_of_the_schema(record: ClassRecord) -> None:
    VALIDATOR.validate(json.loads(render(record)))


@pytest.mark.parametrize("part", ["verdict", "points", "evidence"])
def test_the_schema_asks_for_whole_results(part: str) -> None:
    data = json.loads(render(small_class()))
    del data["grades"][0]["result"][part]
    assert not VALIDATOR.is_valid(data)


@given(any_text)
def test_it_is_one_line_of_ascii_whatever_a_text_holds(text: str) -> None:
    record = with_texts(text)
    line = render(record)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert line.isascii()
    data = json.loads(line)
    VALIDATOR.validate(data)
    assert from_json(data["grades"][0]["result"]) == record.grades[0].result
    assert data["students"][0]["name"] == text


def test_it_says_who_is_missing_and_what_was_refused() -> None:
    data = json.loads(render(small_class()))
    assert {"student": "dee", "exercise": "decorators"} in data["missing"]
    assert {"student": "cy", "exercise": "decorators"} not in data["missing"]
    assert [one["place"] for one in data["refusals"]] == ["bob/generators.py", "x.bin"]


def test_what_was_handed_in_stays_out() -> None:
    assert "files" not in json.loads(render(small_class()))["grades"][0]
