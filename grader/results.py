"""What a grading found: the records that pass from the judge to all that shows or keeps them.

A `Result` is evidence. It holds what is needed to get it again (`Evidence`) and one `TestRecord`
for each hidden test. Points, verdict and exit status follow from the records and are not stored
twice. `to_json` and `from_json` are the only reader and writer; the shape is `result.schema.json`.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grader.limits import Limits
from grader.outcomes import Fault, Outcome

SCHEMA = "grader/result/v1"


class Verdict(StrEnum):
    """What became of a whole submission."""

    ALL_POINTS = "all_points"
    NOT_ALL_POINTS = "not_all_points"
    NOT_GRADED = "not_graded"

    @property
    def exit_status(self) -> int:
        """The exit status of `grade submit` for this verdict."""
        return {Verdict.ALL_POINTS: 0, Verdict.NOT_ALL_POINTS: 1, Verdict.NOT_GRADED: 3}[self]


@dataclass(frozen=True)
class Frame:
    """One line of a traceback, in the student's own file."""

    file: str
    line: int
    function: str
    code: str


@dataclass(frozen=True)
class TestRecord:
    """What became of one hidden test.

    `outcome` is the machine's word; `message` is the sentence for the student. `counterexample`
    holds the smallest input found, as (name, value as written in source code) pairs. `got` and
    `expected` are the two sides of the comparison that failed, written the same way, or "".
    `example` is the counterexample as `grader.inside.wire` encodes it, to be tried again; "" where
    there is none or it is no plain data.
    """

    __test__ = False  # the name would make pytest collect the class

    name: str
    title: str
    max_points: int
    outcome: Outcome
    message: str = ""
    counterexample: tuple[tuple[str, str], ...] = ()
    got: str = ""
    expected: str = ""
    frames: tuple[Frame, ...] = ()
    hint: str = ""
    seconds: float = 0.0
    example: str = ""

    @property
    def points(self) -> int:
        """The points this test earned."""
        return self.outcome.points_of(self.max_points)


@dataclass(frozen=True)
class Evidence:
    """What is needed to get a result again. Hashes are SHA-256 in hex; `limits` is complete."""

    submission_sha256: str
    stub_sha256: str
    tests_sha256: str
    worker_sha256: str
    sandbox: str
    image: str
    image_digest: str
    seed: int
    limits: Limits
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Breakdown:
    """Why a submission as a whole could not be judged: an outcome that is ours, and a sentence."""

    outcome: Outcome
    message: str


@dataclass(frozen=True)
class Result:
    """The result of grading one submission against one exercise.

    `breakdown` says why the grading as a whole went wrong, None where it did not.
    """

    exercise: str
    title: str
    submission: str
    tests: tuple[TestRecord, ...]
    evidence: Evidence
    breakdown: Breakdown | None = None

    @property
    def points(self) -> int:
        """The points of all tests together."""
        return sum(test.points for test in self.tests)

    @property
    def max_points(self) -> int:
        """The points that there were to earn."""
        return sum(test.max_points for test in self.tests)

    @property
    def verdict(self) -> Verdict:
        """Not graded when anything was our fault or nothing ran, else by the points."""
        ours = any(test.outcome.fault is Fault.GRADER for test in self.tests)
        if self.breakdown or ours or not self.tests:
            return Verdict.NOT_GRADED
        passed = all(test.outcome is Outcome.PASSED for test in self.tests)
        return Verdict.ALL_POINTS if passed else Verdict.NOT_ALL_POINTS


def record_to_json(record: TestRecord) -> dict[str, Any]:
    """Return a test's record as plain JSON data."""
    data = dataclasses.asdict(record)
    data["counterexample"] = [
        {"name": name, "value": value} for name, value in record.counterexample
    ]
    data["points"] = record.points
    data["fault"] = record.outcome.fault.value
    return data


def record_from_json(data: Mapping[str, Any]) -> TestRecord:
    """Return the record that `record_to_json` wrote; raises KeyError, TypeError or ValueError."""
    known = {field.name for field in dataclasses.fields(TestRecord)}
    values = {name: value for name, value in data.items() if name in known}
    values["outcome"] = Outcome(data["outcome"])
    values["counterexample"] = tuple(
        (item["name"], item["value"]) for item in data["counterexample"]
    )
    values["frames"] = tuple(Frame(**frame) for frame in data["frames"])
    return TestRecord(**values)


def to_json(result: Result) -> dict[str, Any]:
    """Return a result as plain JSON data, in the shape of `result.schema.json`."""
    return {
        "schema": SCHEMA,
        "exercise": result.exercise,
        "title": result.title,
        "submission": result.submission,
        "verdict": result.verdict.value,
        "points": result.points,
        "max_points": result.max_points,
        "breakdown": dataclasses.asdict(result.breakdown) if result.breakdown else None,
        "tests": [record_to_json(test) for test in result.tests],
        "evidence": dataclasses.asdict(result.evidence),
    }


def from_json(data: Mapping[str, Any]) -> Result:
    """Return the result that `to_json` wrote; raises KeyError, TypeError or ValueError."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"not a result of {SCHEMA}: schema is {data.get('schema')!r}")
    evidence = dict(data["evidence"])
    broken = data["breakdown"]
    evidence["limits"] = Limits(**evidence["limits"])
    return Result(
        exercise=data["exercise"],
        title=data["title"],
        submission=data["submission"],
        tests=tuple(record_from_json(test) for test in data["tests"]),
        evidence=Evidence(**evidence),
        breakdown=Breakdown(Outcome(broken["outcome"]), broken["message"]) if broken else None,
    )
