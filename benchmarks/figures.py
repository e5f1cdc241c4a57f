"""From what was measured to the figures that are shown: medians over rounds, and ratios."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.record import Entrant, Record, Run

BUSY_SHARE = 0.1
"""More than this share of the CPU in use before a run makes its figures doubtful."""


@dataclass(frozen=True)
class Row:
    """One contender's figures.

    Attributes:
        rate: submissions a second.
        alone_seconds: seconds on the clock for one submission by itself.
        cpu_seconds: CPU seconds of the whole machine for one submission of the class.
        right: the fewest submissions of any round that were graded rightly, of `students`.
        ratios: how many times as fast it is as each baseline, in the same rounds.
    """

    entrant: Entrant
    rate: float
    alone_seconds: float
    cpu_seconds: float
    right: int
    students: int
    rounds: int
    ratios: Mapping[str, float]


def rows_of(record: Record, baselines: Sequence[str]) -> list[Row]:
    """Return a row for each contender with a run that counts, in their order."""
    runs = {
        entrant.name: [
            run for run in record.runs if run.contender == entrant.name and is_sound(run)
        ]
        for entrant in record.entrants
    }
    return [
        _row(entrant, runs[entrant.name], {name: runs.get(name, []) for name in baselines})
        for entrant in record.entrants
        if runs[entrant.name]
    ]


def is_sound(run: Run) -> bool:
    """Tell whether a run counts: half of the class or more was graded rightly.

    What fails at once would look fast. One that is ended at a limit gets a hanging submission
    wrong, and that counts.
    """
    return 2 * run.right >= run.students


def rate_of(run: Run) -> float:
    """Return how many submissions a second were graded."""
    return run.students / run.batch.seconds


def ratio(runs: Sequence[Run], baseline: Sequence[Run]) -> float | None:
    """Return the median, over the rounds that both were in, of how many times as fast one was."""
    base = {run.number: rate_of(run) for run in baseline}
    ratios = [rate_of(run) / base[run.number] for run in runs if run.number in base]
    return median(ratios) if ratios else None


def busy_runs(record: Record) -> int:
    """Return before how many runs the machine was busy with something else."""
    moments = [run.before for run in record.runs] + [one.before for one in record.growth]
    return sum(moment.cpu_share > BUSY_SHARE for moment in moments)


def _row(entrant: Entrant, runs: Sequence[Run], baselines: Mapping[str, Sequence[Run]]) -> Row:
    ratios = {name: ratio(runs, others) for name, others in baselines.items()}
    return Row(
        entrant=entrant,
        rate=_median(runs, rate_of),
        alone_seconds=_median(runs, lambda run: run.alone.seconds),
        cpu_seconds=_median(runs, lambda run: run.batch.cpu_seconds / run.students),
        right=min(run.right for run in runs),
        students=runs[0].students,
        rounds=len(runs),
        ratios={name: value for name, value in ratios.items() if value is not None},
    )


def _median(runs: Sequence[Run], figure: Callable[[Run], float]) -> float:
    return median(figure(run) for run in runs)
