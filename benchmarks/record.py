"""What a benchmark has measured, as plain data that is kept as JSON."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.machine import Machine
from benchmarks.measuring import Busyness, Cost


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    students: int
    with_hangs: bool
    jobs: int
    rounds: int


@dataclass(frozen=True)
class Entrant:
    """A contender as it took part: `not_run` says why it did not, "" if it did.

    `memory_bytes` is the most that it had in a pass over a few submissions, `tried` of them.
    """

    name: str
    label: str
    is_ours: bool
    version: str = ""
    not_run: str = ""
    memory_bytes: int = 0
    tried: int = 0


@dataclass(frozen=True)
class Run:
    """One contender in one round: the whole class, and one submission by itself.

    `right` is how many of the `students` have passed just the tests that they must pass.
    """

    contender: str
    number: int
    students: int
    right: int
    batch: Cost
    alone: Cost
    before: Busyness


@dataclass(frozen=True)
class Growth:
    """One contender with a class of one size; `memory_bytes` is the peak of all its processes."""

    contender: str
    students: int
    right: int
    batch: Cost
    memory_bytes: int
    before: Busyness


@dataclass(frozen=True)
class Record:
    """All that was measured in one go; rounds are numbered from 0."""

    machine: Machine
    settings: Settings
    entrants: tuple[Entrant, ...]
    runs: tuple[Run, ...] = ()
    growth: tuple[Growth, ...] = ()


_ADAPTER = TypeAdapter(Record)


def write_record(record: Record, file: Path) -> None:
    """Write a record as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_ADAPTER.dump_json(record, indent=2) + b"\n")


def read_record(file: Path) -> Record:
    """Read what `write_record` wrote; raises pydantic.ValidationError for anything else."""
    return _ADAPTER.validate_json(file.read_bytes())
