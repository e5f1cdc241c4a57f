"""The report of a check as a page: which hidden test catches which mistake, for all exercises."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.findings import STRENGTH_WANTED, Check, Code, Column, Kind, Matrix, Row
from grader.reports.diff import part_of
from grader.reports.page import render_page


def render(checks: Sequence[Check]) -> str:
    """Return one page for all exercises of a run, in HTML5 and in the order of the checks."""
    return render_page(
        "check.html.j2",
        sections=[_section(check) for check in checks],
        total=_total(checks),
        strength_wanted=STRENGTH_WANTED,
        part_of=part_of,
    )


class _State(StrEnum):
    """What has become of an exercise, in a word."""

    FINE = "fine"
    FAULTY = "faulty"
    NOT_CHECKED = "not checked"


class _Cell(StrEnum):
    """What a test does with a row of the matrix."""

    PASSES = "passes"
    CATCHES = "catches"
    ALONE = "alone"  # it is the only one that catches the row


@dataclass(frozen=True)
class _Line:
    """A row of the matrix, and what each test does with it, in the order of the columns."""

    row: Row
    cells: tuple[_Cell, ...]
    survives: bool


@dataclass(frozen=True)
class _Group:
    """The rows of one kind; `caught` counts those that lose points."""

    kind: Kind
    lines: tuple[_Line, ...]
    caught: int

    @property
    def counts(self) -> bool:
        """Whether its rows are to be caught."""
        return self.kind is not Kind.EQUIVALENT

    @property
    def holds_code(self) -> bool:
        """Whether `what` of its rows is code, or else a sentence."""
        return self.kind is not Kind.WRONG_SOLUTION


@dataclass(frozen=True)
class _Test:
    """A column of the matrix: how many rows that count it catches, and how many of them alone."""

    column: Column
    catches: int
    alone: int


@dataclass(frozen=True)
class _Section:
    """What is shown of one exercise."""

    check: Check
    state: _State
    wrong: _Group
    mutants: _Group
    equivalents: _Group
    tests: tuple[_Test, ...]


@dataclass(frozen=True)
class _Total:
    """What holds for all exercises together."""

    faulty: int
    mutants: int
    caught: int


def _section(check: Check) -> _Section:
    matrix = check.matrix
    return _Section(
        check=check,
        state=_state(check),
        wrong=_group(Kind.WRONG_SOLUTION, matrix),
        mutants=_group(Kind.MUTANT, matrix),
        equivalents=_group(Kind.EQUIVALENT, matrix),
        tests=tuple(_test(column, matrix) for column in matrix.columns),
    )


def _state(check: Check) -> _State:
    if any(finding.code is Code.NOT_CHECKED for finding in check.findings):
        return _State.NOT_CHECKED
    return _State.FAULTY if check.faults else _State.FINE


def _group(kind: Kind, matrix: Matrix) -> _Group:
    rows = [row for row in matrix.rows if row.kind is kind]
    return _Group(
        kind=kind,
        lines=tuple(_line(row, matrix.columns) for row in rows),
        caught=sum(bool(row.caught_by) for row in rows),
    )


def _line(row: Row, columns: Sequence[Column]) -> _Line:
    counts = row.kind is not Kind.EQUIVALENT
    hit = _Cell.ALONE if counts and len(row.caught_by) == 1 else _Cell.CATCHES
    return _Line(
        row=row,
        cells=tuple(hit if column.name in row.caught_by else _Cell.PASSES for column in columns),
        survives=counts and not row.caught_by,
    )


def _test(column: Column, matrix: Matrix) -> _Test:
    alone = sum(row.caught_by == (column.name,) for row in matrix.counted)
    return _Test(column, len(matrix.catches(column.name)), alone)


def _total(checks: Sequence[Check]) -> _Total:
    return _Total(
        faulty=sum(bool(check.faults) for check in checks),
        mutants=sum(check.mutants for check in checks),
        caught=sum(check.caught for check in checks),
    )
