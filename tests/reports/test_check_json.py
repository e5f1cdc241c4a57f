"""The report of a check for programs: one line of the schema's shape, whatever a text holds."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.findings import Check, Code, Kind, check_from_json
from grader.reports.check_json import render
from reports.checks import FAULT, NOT_CHECKED, NOTE, NOTHING, a_check, check_with

SCHEMA: dict[str, Any] = json.loads(
    (Path(grader.__file__).parent / "check.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DATA: dict[str, Any] = json.loads(render(a_check(FAULT, NOTE)))

any_text = st.text(
    st.characters() | st.sampled_from('\n\r\x85\u2028\u2029\x1b\udcff"\\'), min_size=1
)


@given(any_text)
def test_a_check_is_one_line_of_ascii_that_is_read_back_as_it_was(text: str) -> None:
    check = check_with(text)
    line = render(check)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert check_from_json(json.loads(line)) == check
    VALIDATOR.validate(json.loads(line))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "check", [a_check(), a_check(FAULT, NOTE), a_check(NOT_CHECKED, matrix=NOTHING)]
)
def test_every_check_has_the_shape_of_the_schema(check: Check) -> None:
    VALIDATOR.validate(json.loads(render(check)))


def test_numbers_stand_beside_what_they_are_counted_from() -> None:
    assert DATA["mutants"] == 3
    assert DATA["caught"] == 2
    assert DATA["strength"] == pytest.approx(2 / 3)
    assert DATA["slowest_seconds"] == 0.25


def test_the_schema_knows_every_code_and_kind() -> None:
    assert SCHEMA["$defs"]["code"]["enum"] == list(Code)
    assert SCHEMA["$defs"]["row"]["properties"]["kind"]["enum"] == list(Kind)


def test_everything_in_the_schema_is_described() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    properties = [value for part in parts for value in part.get("properties", {}).values()]
    assert len(properties) > 20
    assert [value for value in properties if not value.keys() & {"description", "$ref"}] == []
    assert all(part["description"] for part in parts)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "grader/check/v2"),
        (("exercise",), ""),
        (("strength",), 1.5),
        (("strength",), None),
        (("mutants",), 0),
        (("caught",), -1),
        (("slowest_seconds",), "0.25"),
        (("more",), 1),
        (("findings", 0, "code"), "no-such-code"),
        (("findings", 0, "details"), "a line"),
        (("matrix", "columns", 0, "points"), 0.5),
        (("matrix", "rows", 0, "kind"), "right solution"),
        (("matrix", "rows", 0, "caught_by"), ["test_double", "test_double"]),
        (("matrix", "rows", 0, "more"), 1),
    ],
)
def test_the_schema_refuses_what_no_check_is(path: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(DATA)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("name", SCHEMA["required"])
def test_the_schema_asks_for_everything(name: str) -> None:
    data = {key: value for key, value in DATA.items() if key != name}
    assert not VALIDATOR.is_valid(data)


def test_the_schema_leaves_nothing_to_choice() -> None:
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        assert sorted(part.get("required", ())) == sorted(part.get("properties", ()))
