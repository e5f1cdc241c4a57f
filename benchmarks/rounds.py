"""Has the contenders grade: tries each, then goes round by round, every one on the same class."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.classroom import Paper, make_papers
from benchmarks.contenders.base import Contender, Desk
from benchmarks.measuring import Cost, busyness, measure, peak_memory
from benchmarks.record import Entrant, Growth, Run, Settings
from benchmarks.running import NotRun, last_words, run_all
from benchmarks.workshop import Workshop

# Looking at the memory takes time, and these runs are timed.
GROWTH_SAMPLE_SECONDS = 0.25

Say = Callable[[str], None]


@dataclass(frozen=True)
class Field:
    """Where and how all are measured."""

    workshop: Workshop
    settings: Settings
    say: Say

    @contextmanager
    def desk(self, papers: tuple[Paper, ...]) -> Iterator[Desk]:
        """Give a desk with these papers laid out, which is cleared afterwards."""
        with tempfile.TemporaryDirectory(prefix="grader-benchmark-") as folder:
            desk = Desk(papers, Path(folder), self.workshop)
            desk.lay_out()
            yield desk


def enter(contender: Contender, field: Field) -> Entrant:
    """Prepare a contender and have it grade a few submissions, which also warms its caches.

    Returns it with the reason if it cannot be installed or run, or gets all of them wrong.
    """
    entrant = Entrant(contender.name, contender.label, contender.is_ours)
    field.say(f"{contender.label}: preparing")
    try:
        version = contender.prepare(field.workshop)
        memory, tried = _try_out(contender, field)
    except NotRun as reason:
        field.say(f"{contender.label}: not run: {reason}")
        return replace(entrant, not_run=str(reason))
    field.say(f"{contender.label}: {version}")
    return replace(entrant, version=version, memory_bytes=memory, tried=tried)


def hold_rounds(contenders: Sequence[Contender], field: Field) -> Iterator[Run]:
    """Yield each run as it is done; another contender begins each round."""
    papers = make_papers(field.settings.students, with_hangs=field.settings.with_hangs)
    for number in range(field.settings.rounds):
        before = busyness()
        field.say(f"round {number + 1} of {field.settings.rounds}: {before}")
        for contender in rotated(contenders, number):
            if number and contender.is_slow:
                continue
            done = _run_once(contender, papers, number, field)
            field.say(f"  {contender.label}: {done.students / done.batch.seconds:.2f} a second")
            yield done


def grow(contenders: Sequence[Contender], sizes: Sequence[int], field: Field) -> Iterator[Growth]:
    """Yield, for each size of the class and each contender, what it takes to grade it."""
    for size in sizes:
        papers = make_papers(size, with_hangs=field.settings.with_hangs)
        field.say(f"a class of {size}: {busyness()}")
        for contender in contenders:
            before = busyness()
            cost, memory, right = _grow_once(contender, papers, field)
            field.say(f"  {contender.label}: {cost.seconds:.1f} s, {memory / 2**20:.0f} MiB")
            yield Growth(contender.name, size, right, cost, memory, before)


def rotated(contenders: Sequence[Contender], number: int) -> list[Contender]:
    """Return the contenders in their order for one round."""
    first = number % len(contenders) if contenders else 0
    return [*contenders[first:], *contenders[:first]]


def count_right(papers: Sequence[Paper], passed: Mapping[str, int]) -> int:
    """Return how many papers have passed as many tests as they must."""
    return sum(passed.get(paper.student) == paper.passes for paper in papers)


def _try_out(contender: Contender, field: Field) -> tuple[int, int]:
    """Return the most memory that it had over a few submissions, and how many those were."""
    jobs = field.settings.jobs
    papers = make_papers(2 * jobs)
    # The one comes first: what is made at a first use is not to hold up several at once.
    with field.desk(papers[:1]) as desk:
        run_all([contender.command_for_one(desk)], 1)
    with field.desk(papers) as desk:
        commands = contender.commands(desk, jobs)
        statuses: list[int] = []
        memory = peak_memory(lambda: statuses.extend(run_all(commands, jobs)))
        if not _right(contender, desk):
            reason = f"exit status {statuses[0]}: {last_words(commands[0])}"
            raise NotRun(f"it graded nothing rightly ({reason})")
    return memory, len(papers)


def _right(contender: Contender, desk: Desk) -> int:
    """Return how many were graded rightly; none if the contender cannot say what it did."""
    try:
        return count_right(desk.papers, contender.passed(desk))
    except NotRun:
        return 0


def _run_once(contender: Contender, papers: tuple[Paper, ...], number: int, field: Field) -> Run:
    jobs = field.settings.jobs
    before = busyness()
    with field.desk(papers) as desk:
        commands = contender.commands(desk, jobs)
        batch = measure(lambda: run_all(commands, jobs))
        right = _right(contender, desk)
    with field.desk(papers[:1]) as desk:
        command = contender.command_for_one(desk)
        alone = measure(lambda: run_all([command], 1))
    return Run(contender.name, number, len(papers), right, batch, alone, before)


def _grow_once(
    contender: Contender, papers: tuple[Paper, ...], field: Field
) -> tuple[Cost, int, int]:
    jobs = field.settings.jobs
    costs: list[Cost] = []
    with field.desk(papers) as desk:
        commands = contender.commands(desk, jobs)
        memory = peak_memory(
            lambda: costs.append(measure(lambda: run_all(commands, jobs))), GROWTH_SAMPLE_SECONDS
        )
        return costs[0], memory, _right(contender, desk)
