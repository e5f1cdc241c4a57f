"""The report for programs: one line, whatever a student's text holds."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.reports.json import render
from grader.results import Evidence, Result, TestRecord, from_json

SCHEMA = json.loads((Path(grader.__file__).parent / "result.schema.json").read_text())
EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "docker", "i", "", 0, Limits())

any_text = st.text(st.characters() | st.sampled_from('\n\r\x85\u2028\u2029\x1b\udcff"\\'))


def result_with(text: str, outcome: Outcome = Outcome.FAILED) -> Result:
    """Return a result in which every text of a student's is `text`."""
    test = TestRecord("test_a", text, 1, outcome, text, ((text, text),), text, text, (), text)
    return Result("double", text, text, (test,), EVIDENCE)


@given(any_text)
def test_a_result_is_one_line_of_ascii_that_is_read_back_as_it_was(text: str) -> None:
    result = result_with(text)
    line = render(result)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert from_json(json.loads(line)) == result


@pytest.mark.parametrize("outcome", Outcome)
def test_it_has_the_shape_of_the_schema_whatever_the_outcome(outcome: Outcome) -> None:
    line = render(result_with("a text", outcome))
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(line))
