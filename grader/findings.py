"""What a check of an exercise found: records that pass from `grader.check` to what shows them."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SCHEMA = "grader/check/v1"

STRENGTH_WANTED = 0.95
"""The share of mutants that must lose points."""

POINTS_FOR_NOTHING = 0.1
"""The share of the points that may be earned without solving anything."""

ROOM_WANTED = 0.2
"""The share of its time limit that the reference's slowest test may take."""


class Code(StrEnum):
    """What is wrong with an exercise. CONTRIBUTING.md has a table of them all."""

    NOT_CHECKED = "not-checked"
    TO_DO = "to-do"
    REFERENCE_FAILS = "reference-fails"
    REFERENCE_SLOW = "reference-slow"
    EXAMPLE_FAILS = "example-fails"
    NO_EXAMPLE = "no-example"
    STUB_BROKEN = "stub-does-not-load"
    STUB_SCORES = "stub-scores"
    EMPTY_SCORES = "empty-functions-score"
    FIRST_ARGUMENT_SCORES = "first-argument-scores"
    FORGEABLE = "forgeable"
    NO_WRONG_SOLUTION = "no-wrong-solution"
    WRONG_UNLABELLED = "wrong-solution-unlabelled"
    WRONG_PASSES = "wrong-solution-passes"
    WRONG_MISSED = "wrong-solution-missed"
    WRONG_BROKEN = "wrong-solution-does-not-load"
    RIGHT_FAILS = "right-solution-fails"
    WEAK = "weak"
    EQUIVALENT_UNKNOWN = "equivalent-unknown"
    TEST_UNTITLED = "test-untitled"
    TITLE_SHOWS_CODE = "title-shows-code"
    SCENARIO_ONLY_BOOL = "scenario-only-bool"
    SCENARIO_UNUSED = "scenario-unused"
    TASK_UNSAID = "task-unsaid"
    TEST_CATCHES_NOTHING = "test-catches-nothing"
    TEST_REDUNDANT = "test-redundant"

    @property
    def is_note(self) -> bool:
        """Whether it is something to think about, and no fault."""
        return self is Code.TEST_REDUNDANT


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with an exercise.

    `place` is a path in the bank, where there is one with a line: "hidden/test_closures.py:12".
    `message` says what is wrong and `remedy` what to do. `details` are lines to show as they are,
    such as those of a diff.
    """

    code: Code
    place: str
    message: str
    remedy: str
    details: tuple[str, ...] = ()


class Kind(StrEnum):
    """What a row of the matrix stands for."""

    WRONG_SOLUTION = "wrong solution"
    MUTANT = "mutant"
    EQUIVALENT = "equivalent mutant"


@dataclass(frozen=True)
class Column:
    """A hidden test as the matrix shows it."""

    name: str
    title: str
    points: int


@dataclass(frozen=True)
class Row:
    """One submission that must lose points, and the tests (by name) that it fails.

    `what` says what is wrong with it: the mistake, or the lines that were changed.
    """

    kind: Kind
    name: str
    what: str
    caught_by: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Hidden tests against wrong solutions and mutants."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def counted(self) -> tuple[Row, ...]:
        """The rows that a test can catch: all but the equivalent mutants."""
        return tuple(row for row in self.rows if row.kind is not Kind.EQUIVALENT)

    def catches(self, test: str) -> frozenset[int]:
        """Return which of the rows that count a test catches, by their positions."""
        return frozenset(
            position for position, row in enumerate(self.counted) if test in row.caught_by
        )


@dataclass(frozen=True)
class Check:
    """What became of one exercise. `slowest_seconds` is the reference's slowest test."""

    exercise: str
    title: str
    findings: tuple[Finding, ...]
    matrix: Matrix
    slowest_seconds: float = 0.0

    @property
    def mutants(self) -> int:
        """How many mutants count."""
        return len(self._of(Kind.MUTANT))

    @property
    def caught(self) -> int:
        """How many of them lose points."""
        return sum(bool(row.caught_by) for row in self._of(Kind.MUTANT))

    @property
    def strength(self) -> float | None:
        """The share of the mutants that lose points; None where there is none."""
        return self.caught / self.mutants if self.mutants else None

    @property
    def strength_text(self) -> str:
        """The strength with two digits, rounded down so that it never looks better than it is."""
        return "" if self.strength is None else f"{100 * self.caught // self.mutants / 100:.2f}"

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that are no mere notes."""
        return tuple(finding for finding in self.findings if not finding.code.is_note)

    def _of(self, kind: Kind) -> tuple[Row, ...]:
        return tuple(row for row in self.matrix.rows if row.kind is kind)


def check_to_json(check: Check) -> dict[str, Any]:
    """Return a check as plain JSON data."""
    return {
        "schema": SCHEMA,
        "strength": check.strength,
        "mutants": check.mutants,
        "caught": check.caught,
        **dataclasses.asdict(check),
    }


def check_from_json(data: Mapping[str, Any]) -> Check:
    """Return the check that `check_to_json` wrote; raises KeyError, TypeError or ValueError."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"not a check of {SCHEMA}: schema is {data.get('schema')!r}")
    matrix = data["matrix"]
    return Check(
        exercise=data["exercise"],
        title=data["title"],
        findings=tuple(_finding(item) for item in data["findings"]),
        matrix=Matrix(
            columns=tuple(Column(**item) for item in matrix["columns"]),
            rows=tuple(_row(item) for item in matrix["rows"]),
        ),
        slowest_seconds=data["slowest_seconds"],
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    values = dict(data, code=Code(data["code"]), details=tuple(data["details"]))
    return Finding(**values)


def _row(data: Mapping[str, Any]) -> Row:
    return Row(**dict(data, kind=Kind(data["kind"]), caught_by=tuple(data["caught_by"])))
