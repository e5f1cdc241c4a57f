"""Makes up what a benchmark measured."""

from benchmarks.machine import Machine
from benchmarks.measuring import Busyness, Cost
from benchmarks.record import Entrant, Growth, Record, Run, Settings

MIB = 2**20
IDLE = Busyness(load=0.1, cpu_share=0.02)
BUSY = Busyness(load=5.0, cpu_share=0.8)
MACHINE = Machine(2, "a model", 24 * 2**30, "Linux 6.1", "3.11.7")


def entrant(name: str, *, is_ours: bool = False, not_run: str = "") -> Entrant:
    """Return a contender that is called "the NAME"."""
    version = "" if not_run else f"{name} 1.0"
    return Entrant(name, f"the {name}", is_ours, version, not_run, 30 * MIB, 4)


def a_run(
    contender: str,
    number: int,
    seconds: float,
    *,
    right: int = 10,
    before: Busyness = IDLE,
) -> Run:
    """Return a run on a class of ten: a CPU second for each second, a tenth for one alone."""
    batch, alone = Cost(seconds, seconds), Cost(seconds / 10, seconds / 10)
    return Run(contender, number, 10, right, batch, alone, before)


def a_growth(contender: str, students: int, seconds: float, mib: int) -> Growth:
    """Return what it took to grade a class of some size."""
    return Growth(contender, students, students, Cost(seconds, seconds), mib * MIB, IDLE)


def a_record(
    entrants: tuple[Entrant, ...], runs: tuple[Run, ...] = (), growth: tuple[Growth, ...] = ()
) -> Record:
    """Return a record of a class of ten in three rounds."""
    return Record(MACHINE, Settings(10, False, 2, 3), entrants, runs, growth)
