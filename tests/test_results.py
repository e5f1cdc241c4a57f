"""Results: the JSON they are written as, its schema, and the verdict that follows from them."""

import copy
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.limits import LIMIT_NAMES, Limits
from grader.outcomes import FAULTS, Fault, Outcome
from grader.results import (
    SCHEMA,
    Breakdown,
    Evidence,
    Frame,
    Result,
    TestRecord,
    Verdict,
    from_json,
    record_from_json,
    record_to_json,
    to_json,
)

SCHEMA_FILE = Path(grader.__file__).parent / "result.schema.json"
SCHEMA_DOCUMENT: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA_DOCUMENT)

OURS = [outcome for outcome, fault in FAULTS.items() if fault is Fault.GRADER]
THEIRS = [outcome for outcome, fault in FAULTS.items() if fault is Fault.SUBMISSION]

# Generated data. Texts are any Unicode text: a student's file can put all of it into a message.

words = st.text(min_size=1, max_size=12)
texts = st.text(max_size=20)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
seconds = st.floats(min_value=0, max_value=1e6)
positive_numbers = st.floats(min_value=0, max_value=1e6, exclude_min=True)
positive_integers = st.integers(min_value=1, max_value=2**60)

frames = st.builds(
    Frame, file=texts, line=st.integers(min_value=1, max_value=10**6), function=texts, code=texts
)
limits = st.builds(
    Limits,
    **{
        field.name: positive_integers if field.type is int else positive_numbers
        for field in dataclasses.fields(Limits)
    },
)
evidences = st.builds(
    Evidence,
    submission_sha256=hashes,
    stub_sha256=hashes,
    tests_sha256=hashes,
    worker_sha256=hashes,
    sandbox=words,
    image=texts,
    image_digest=st.just("") | hashes.map("sha256:{}".format),
    seed=st.integers(min_value=0, max_value=2**64),
    limits=limits,
    versions=st.dictionaries(words, words, max_size=4),
)


def records(outcomes: st.SearchStrategy[Outcome]) -> st.SearchStrategy[TestRecord]:
    """Return a strategy for records whose outcome is drawn from `outcomes`."""
    return st.builds(
        TestRecord,
        name=words,
        title=texts,
        max_points=st.integers(min_value=0, max_value=100),
        outcome=outcomes,
        message=texts,
        counterexample=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
        got=texts,
        expected=texts,
        frames=st.lists(frames, max_size=2).map(tuple),
        hint=texts,
        seconds=seconds,
    )


breakdowns = st.builds(Breakdown, outcome=st.sampled_from(OURS), message=words)

results = st.builds(
    Result,
    exercise=words,
    title=texts,
    submission=texts,
    tests=st.lists(records(st.sampled_from(Outcome)), max_size=4).map(tuple),
    evidence=evidences,
    breakdown=st.none() | breakdowns,
)


# One result that is written out, for the tests that break it.

EVIDENCE = Evidence(
    submission_sha256="a" * 64,
    stub_sha256="b" * 64,
    tests_sha256="c" * 64,
    worker_sha256="d" * 64,
    sandbox="docker",
    image="grader-core",
    image_digest="sha256:" + "e" * 64,
    seed=7,
    limits=Limits(),
    versions={"python": "3.13.1", "pytest": "9.0.0"},
)


ENGINE_GONE = Breakdown(Outcome.SANDBOX_FAILED, "The engine went away.")


def result_of(*outcomes: Outcome, breakdown: Breakdown | None = None) -> Result:
    """Return a result with one test of two points for each outcome."""
    tests = tuple(
        TestRecord(
            name=f"test_{number}",
            title=f"Test {number}",
            max_points=2,
            outcome=outcome,
            counterexample=(("number", "0"),),
            frames=(Frame(file="decorators.py", line=3, function="trace", code="return 1"),),
        )
        for number, outcome in enumerate(outcomes)
    )
    return Result("decorators", "Decorators", "decorators.py", tests, EVIDENCE, breakdown)


def as_read_back(result: Result) -> dict[str, Any]:
    """Return what a reader of the JSON text gets: lists where `to_json` may hold tuples."""
    data: dict[str, Any] = json.loads(json.dumps(to_json(result), allow_nan=False))
    return data


def test_schema_is_itself_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA_DOCUMENT)


@given(results)
def test_every_result_is_written_in_the_shape_of_the_schema(result: Result) -> None:
    VALIDATOR.validate(as_read_back(result))


@given(results)
def test_a_result_is_read_back_as_it_was(result: Result) -> None:
    assert from_json(to_json(result)) == result


@given(results)
def test_a_result_survives_the_way_through_text(result: Result) -> None:
    assert from_json(as_read_back(result)) == result


@given(records(st.sampled_from(Outcome)))
def test_a_record_is_read_back_as_it_was(record: TestRecord) -> None:
    assert record_from_json(record_to_json(record)) == record


def test_a_lone_surrogate_in_a_message_survives_the_way_through_text() -> None:
    record = dataclasses.replace(result_of(Outcome.RAISED).tests[0], message="\udcff")
    result = dataclasses.replace(result_of(), tests=(record,))
    VALIDATOR.validate(as_read_back(result))
    assert from_json(as_read_back(result)) == result


# What the schema refuses. Each case breaks a valid result in one place.

Breaker = Callable[[dict[str, Any]], object]

BROKEN: dict[str, Breaker] = {
    "another format": lambda data: data.update(schema="grader/result/v0"),
    "no verdict": lambda data: data.pop("verdict"),
    "no evidence": lambda data: data.pop("evidence"),
    "a field more": lambda data: data.update(grade="A"),
    "no exercise": lambda data: data.update(exercise=""),
    "title is null": lambda data: data.update(title=None),
    "unknown verdict": lambda data: data.update(verdict="passed"),
    "negative points": lambda data: data.update(points=-1),
    "half a point": lambda data: data.update(points=0.5),
    "points as text": lambda data: data.update(points="2"),
    "points as a truth value": lambda data: data.update(points=True),
    "tests by name": lambda data: data.update(tests={"test_0": data["tests"][0]}),
    "not all points with a breakdown": lambda data: data.update(
        breakdown={"outcome": "sandbox_failed", "message": "The image is missing."}
    ),
    "breakdown: a sentence alone": lambda data: data.update(breakdown="The image is missing."),
    "breakdown: empty text": lambda data: data.update(breakdown=""),
    "all points with a failed test": lambda data: data.update(verdict="all_points"),
    "all points with no test": lambda data: data.update(verdict="all_points", tests=[]),
    "not graded where all was judged": lambda data: data.update(verdict="not_graded"),
    "test: no outcome": lambda data: data["tests"][1].pop("outcome"),
    "test: a field more": lambda data: data["tests"][1].update(secret="x"),
    "test: unknown outcome": lambda data: data["tests"][1].update(outcome="skipped"),
    "test: unknown fault": lambda data: data["tests"][1].update(fault="teacher"),
    "test: fault of nobody for a failure": lambda data: data["tests"][1].update(fault="nobody"),
    "test: our fault for a failure": lambda data: data["tests"][1].update(fault="grader"),
    "test: their fault for a pass": lambda data: data["tests"][0].update(fault="submission"),
    "test: points for a failure": lambda data: data["tests"][1].update(points=1),
    "test: no name": lambda data: data["tests"][1].update(name=""),
    "test: negative seconds": lambda data: data["tests"][1].update(seconds=-0.5),
    "test: counterexample as a pair": lambda data: data["tests"][1].update(
        counterexample=[["number", "0"]]
    ),
    "test: counterexample holds a number": lambda data: data["tests"][1].update(
        counterexample=[{"name": "number", "value": 0}]
    ),
    "frame: line 0": lambda data: data["tests"][1]["frames"][0].update(line=0),
    "frame: a field more": lambda data: data["tests"][1]["frames"][0].update(column=1),
    "hash: too short": lambda data: data["evidence"].update(tests_sha256="c" * 63),
    "hash: upper case": lambda data: data["evidence"].update(tests_sha256="C" * 64),
    "hash: a line break more": lambda data: data["evidence"].update(tests_sha256="c" * 64 + "\n"),
    "hash: empty": lambda data: data["evidence"].update(submission_sha256=""),
    "image digest: no algorithm": lambda data: data["evidence"].update(image_digest="e" * 64),
    "seed: none": lambda data: data["evidence"].update(seed=None),
    "seed: negative": lambda data: data["evidence"].update(seed=-1),
    "versions: a number": lambda data: data["evidence"]["versions"].update(python=3.13),
    "limits: one is missing": lambda data: data["evidence"]["limits"].pop("cpus"),
    "limits: unknown": lambda data: data["evidence"]["limits"].update(threads=4),
    "limits: no memory": lambda data: data["evidence"]["limits"].update(memory_bytes=0),
    "limits: no time": lambda data: data["evidence"]["limits"].update(test_seconds=0),
    "limits: half a process": lambda data: data["evidence"]["limits"].update(processes=1.5),
}


@pytest.mark.parametrize("breaker", BROKEN.values(), ids=BROKEN.keys())
def test_schema_refuses(breaker: Breaker) -> None:
    data = as_read_back(result_of(Outcome.PASSED, Outcome.FAILED))
    VALIDATOR.validate(data)
    broken = copy.deepcopy(data)
    breaker(broken)
    assert not VALIDATOR.is_valid(broken)


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of everything inside JSON data, in the order in which it is written."""
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    inner = [place for key, value in items for place in places(value, (*path, key))]
    return [path, *inner] if path else inner


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a path inside JSON data."""
    for key in path:
        data = data[key]
    return data


@pytest.mark.parametrize("outcome", OURS)
def test_schema_takes_a_breakdown_with_an_outcome_of_ours(outcome: Outcome) -> None:
    data = as_read_back(result_of(Outcome.PASSED, breakdown=Breakdown(outcome, "It broke.")))
    VALIDATOR.validate(data)
    for verdict in ("all_points", "not_all_points"):
        data["verdict"] = verdict
        assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("outcome", [Outcome.PASSED, *THEIRS, "broken", None])
def test_schema_refuses_a_breakdown_with_an_outcome_that_is_not_ours(outcome: object) -> None:
    data = as_read_back(result_of(breakdown=ENGINE_GONE))
    VALIDATOR.validate(data)
    data["breakdown"]["outcome"] = outcome
    assert not VALIDATOR.is_valid(data)


BREAKDOWN_BROKEN: dict[str, Breaker] = {
    "no outcome": lambda breakdown: breakdown.pop("outcome"),
    "no message": lambda breakdown: breakdown.pop("message"),
    "empty message": lambda breakdown: breakdown.update(message=""),
    "message is null": lambda breakdown: breakdown.update(message=None),
    "a field more": lambda breakdown: breakdown.update(fault="grader"),
}


@pytest.mark.parametrize("breaker", BREAKDOWN_BROKEN.values(), ids=BREAKDOWN_BROKEN.keys())
def test_schema_refuses_a_breakdown_with(breaker: Breaker) -> None:
    data = as_read_back(result_of(breakdown=ENGINE_GONE))
    breaker(data["breakdown"])
    assert not VALIDATOR.is_valid(data)


PLACES = places(as_read_back(result_of(Outcome.PASSED, Outcome.FAILED)))
# Without the items of lists, and without the versions: any program may stand there.
FIELDS = [path for path in PLACES if isinstance(path[-1], str) and "versions" not in path[:-1]]
NUMBER_FIELDS = ("line", "points", "max_points", "seed", "seconds", *LIMIT_NAMES)
NUMBERS = [path for path in PLACES if path[-1] in NUMBER_FIELDS]


KINDS: list[object] = [None, True, ["x"], {"x": 1}]
# What may be null: no breakdown, and a time limit that follows from the reference's.
NULLABLE = [("breakdown",), ("evidence", "limits", "test_seconds")]
WRONG = [(path, kind) for path in PLACES for kind in KINDS if path not in NULLABLE or kind]


@pytest.mark.parametrize(("path", "wrong"), WRONG, ids=str)
def test_schema_refuses_a_value_of_another_kind(path: tuple[str | int, ...], wrong: object) -> None:
    data = as_read_back(result_of(Outcome.PASSED, Outcome.FAILED))
    at(data, path[:-1])[path[-1]] = wrong
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("path", NUMBERS, ids=str)
def test_schema_refuses_a_number_below_its_minimum(path: tuple[str | int, ...]) -> None:
    data = as_read_back(result_of(Outcome.PASSED, Outcome.FAILED))
    below = -1 if path[-1] in ("points", "max_points", "seed", "seconds") else 0
    at(data, path[:-1])[path[-1]] = below
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("path", FIELDS, ids=str)
def test_schema_refuses_an_unknown_field_and_a_missing_one(path: tuple[str | int, ...]) -> None:
    data = as_read_back(result_of(Outcome.PASSED, Outcome.FAILED))
    parent = at(data, path[:-1])
    parent["unknown"] = value = parent.pop(path[-1])
    assert not VALIDATOR.is_valid(data)
    parent[path[-1]] = value
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("outcome", [*OURS, *THEIRS])
def test_schema_refuses_another_fault_than_the_tables(outcome: Outcome) -> None:
    data = as_read_back(result_of(outcome))
    for fault in set(Fault) - {outcome.fault}:
        data["tests"][0]["fault"] = fault.value
        for verdict in Verdict:
            data["verdict"] = verdict.value
            assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("outcome", [*OURS, *THEIRS])
def test_schema_refuses_points_for_anything_but_passed(outcome: Outcome) -> None:
    data = as_read_back(result_of(outcome))
    VALIDATOR.validate(data)
    data["tests"][0]["points"] = 2
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize("outcome", OURS)
@pytest.mark.parametrize("verdict", ["all_points", "not_all_points"])
def test_schema_refuses_a_verdict_where_we_are_at_fault(outcome: Outcome, verdict: str) -> None:
    data = as_read_back(result_of(Outcome.PASSED, outcome))
    VALIDATOR.validate(data)
    data["verdict"] = verdict
    assert not VALIDATOR.is_valid(data)


# The schema's words are the code's words.


def test_schema_has_the_outcomes_of_the_code() -> None:
    assert SCHEMA_DOCUMENT["$defs"]["outcome"]["enum"] == [outcome.value for outcome in Outcome]


def test_schema_has_the_faults_of_the_code() -> None:
    assert SCHEMA_DOCUMENT["$defs"]["fault"]["enum"] == [fault.value for fault in Fault]


def test_schema_has_the_verdicts_of_the_code() -> None:
    assert SCHEMA_DOCUMENT["properties"]["verdict"]["enum"] == [item.value for item in Verdict]


def test_schema_has_our_outcomes_as_the_table_of_faults_has_them() -> None:
    ours = SCHEMA_DOCUMENT["$defs"]["our_outcome"]["enum"]
    assert ours == [outcome.value for outcome in OURS]


def test_schema_has_the_limits_of_the_code() -> None:
    definition = SCHEMA_DOCUMENT["$defs"]["limits"]
    assert tuple(definition["properties"]) == LIMIT_NAMES
    assert tuple(definition["required"]) == LIMIT_NAMES


def test_schema_has_the_name_of_the_format() -> None:
    assert SCHEMA_DOCUMENT["properties"]["schema"]["const"] == SCHEMA


def test_schema_is_strict_and_describes_every_field() -> None:
    objects = [part for part in _parts(SCHEMA_DOCUMENT) if part.get("type") == "object"]
    assert len(objects) >= 6
    for part in objects:
        assert "additionalProperties" in part
        for name, field in part.get("properties", {}).items():
            assert "description" in field or "$ref" in field, name
            assert name in part["required"], name


def _parts(schema: Any) -> list[dict[str, Any]]:
    """Return every object inside a schema, the schema itself included."""
    children = schema.values() if isinstance(schema, dict) else schema
    nested = [child for child in children if isinstance(child, dict | list)]
    own = [schema] if isinstance(schema, dict) else []
    return own + [part for child in nested for part in _parts(child)]


# Reading.


def test_reading_refuses_another_format() -> None:
    with pytest.raises(ValueError, match=r"not a result of grader/result/v1.*'other'"):
        from_json({**to_json(result_of(Outcome.PASSED)), "schema": "other"})


def test_reading_refuses_data_without_a_format() -> None:
    with pytest.raises(ValueError, match="schema is None"):
        from_json({})


def test_reading_refuses_an_unknown_outcome() -> None:
    data = as_read_back(result_of(Outcome.PASSED))
    data["tests"][0]["outcome"] = "skipped"
    with pytest.raises(ValueError, match="skipped"):
        from_json(data)


@pytest.mark.parametrize("field", ["exercise", "tests", "evidence", "breakdown"])
def test_reading_refuses_a_result_without(field: str) -> None:
    data = to_json(result_of(Outcome.PASSED))
    del data[field]
    with pytest.raises(KeyError, match=field):
        from_json(data)


def test_reading_refuses_a_breakdown_with_an_unknown_outcome() -> None:
    data = as_read_back(result_of(breakdown=ENGINE_GONE))
    data["breakdown"]["outcome"] = "skipped"
    with pytest.raises(ValueError, match="skipped"):
        from_json(data)


def test_reading_counts_the_points_again_and_does_not_believe_the_file() -> None:
    data = as_read_back(result_of(Outcome.FAILED))
    data["points"] = data["tests"][0]["points"] = 2
    data["verdict"] = "all_points"
    result = from_json(data)
    assert (result.points, result.verdict) == (0, Verdict.NOT_ALL_POINTS)


# Points, verdict and exit status.

VERDICTS = [
    ((Outcome.PASSED,), None, Verdict.ALL_POINTS, 0),
    ((Outcome.PASSED, Outcome.PASSED), None, Verdict.ALL_POINTS, 0),
    ((Outcome.PASSED, Outcome.FAILED), None, Verdict.NOT_ALL_POINTS, 1),
    *[((outcome,), None, Verdict.NOT_ALL_POINTS, 1) for outcome in THEIRS],
    *[((outcome,), None, Verdict.NOT_GRADED, 3) for outcome in OURS],
    *[((Outcome.PASSED, outcome), None, Verdict.NOT_GRADED, 3) for outcome in OURS],
    ((Outcome.FAILED, Outcome.JUDGE_BROKE), None, Verdict.NOT_GRADED, 3),
    ((), None, Verdict.NOT_GRADED, 3),
    ((), ENGINE_GONE, Verdict.NOT_GRADED, 3),
    ((Outcome.PASSED,), ENGINE_GONE, Verdict.NOT_GRADED, 3),
]


@pytest.mark.parametrize(("outcomes", "breakdown", "verdict", "exit_status"), VERDICTS)
def test_verdict_and_exit_status_of(
    outcomes: tuple[Outcome, ...], breakdown: Breakdown | None, verdict: Verdict, exit_status: int
) -> None:
    result = result_of(*outcomes, breakdown=breakdown)
    assert result.verdict is verdict
    assert result.verdict.exit_status == exit_status


def test_a_failed_test_that_is_worth_nothing_still_denies_all_points() -> None:
    record = dataclasses.replace(result_of(Outcome.FAILED).tests[0], max_points=0)
    result = dataclasses.replace(result_of(), tests=(record,))
    assert result.verdict is Verdict.NOT_ALL_POINTS


@given(records(st.sampled_from(OURS)))
def test_what_is_our_fault_yields_no_points_and_no_grade(record: TestRecord) -> None:
    assert record.points == 0
    result = dataclasses.replace(result_of(Outcome.PASSED), tests=(record,))
    assert result.points == 0
    assert result.verdict is Verdict.NOT_GRADED


@given(results)
def test_points_are_the_sum_of_the_passed_tests(result: Result) -> None:
    passed = [test.max_points for test in result.tests if test.outcome is Outcome.PASSED]
    assert result.points == sum(passed)
    assert result.points <= result.max_points == sum(test.max_points for test in result.tests)
