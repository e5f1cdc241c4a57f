"""The core verb of a batch: have tasks graded by an executor, and tell of each that is done."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field

from grader.batch.task import Done, Order, Task
from grader.errors import GraderError
from grader.outcomes import Outcome
from grader.results import Result

TRIES = 3
"""How often a task is handed out before it is given up: a machine or a process may die."""

_OF_THE_MOMENT = (Outcome.SANDBOX_FAILED, Outcome.JUDGE_BROKE)


@dataclass(frozen=True)
class Crew:
    """Who grades: an executor, what it is to do with a task, and how many it is handed at a time.

    With `needs_parcels`, whoever grades has none of the bank's files. `prepare` may be told
    beforehand how there will be graded; `pool` is the address of the containers, "" where there are
    none on this machine (`grader.sandbox.lender`).
    """

    executor: Executor
    work: Callable[[Task], Result]
    width: Callable[[], int]
    needs_parcels: bool = False
    prepare: Callable[[Order], None] = lambda order: None
    pool: str = ""


@dataclass
class _Hands:
    """The tasks that have been handed out, and how often each was before."""

    crew: Crew
    tasks: dict[Future[Result], tuple[Task, int]] = field(default_factory=dict)

    def out(self, task: Task, tries: int = 1) -> None:
        self.tasks[self.crew.executor.submit(self.crew.work, task)] = (task, tries)

    def back(self) -> Iterator[Done]:
        """Wait for some tasks; yield those that are done, and hand the failed ones out again."""
        for future in wait(self.tasks, return_when=FIRST_COMPLETED).done:
            task, tries = self.tasks.pop(future)
            done = _outcome(task, future)
            if done is not None and (tries == TRIES or not _may_pass(done)):
                yield done
            elif done is None and tries == TRIES:
                yield Done(task, None, _lost(future))
            else:
                self.out(task, tries + 1)


def run(
    tasks: Iterable[Task], crew: Crew, on_start: Callable[[Task], None]
) -> Generator[Done, None, None]:
    """Have tasks graded and yield each that is done, in the order in which they are.

    Only a few are handed out at a time, so that what is under way does not grow with the class.
    `on_start` is told of each task that is handed out for the first time. Close the iterator to
    cancel what has not begun.
    """
    waiting = iter(tasks)
    hands = _Hands(crew)
    try:
        while True:
            while len(hands.tasks) < crew.width() and (task := next(waiting, None)) is not None:
                on_start(task)
                hands.out(task)
            if not hands.tasks:
                return
            yield from hands.back()
    finally:
        for future in hands.tasks:
            future.cancel()


def _outcome(task: Task, future: Future[Result]) -> Done | None:
    """Return what came back, or None where whoever had the task is gone."""
    error = future.exception() if not future.cancelled() else None
    if isinstance(error, GraderError):
        return Done(task, None, str(error))
    if future.cancelled() or error is not None:
        return None
    return Done(task, future.result())


def _may_pass(done: Done) -> bool:
    """Tell whether trying again may help: what went wrong lay in the moment, not in the task."""
    if done.result is None or done.result.breakdown is None:
        return False
    return done.result.breakdown.outcome in _OF_THE_MOMENT


def _lost(future: Future[Result]) -> str:
    error = None if future.cancelled() else future.exception()
    what = "it was cancelled" if error is None else f"{type(error).__name__}: {error}"
    return f"whoever graded it was lost {TRIES} times ({what}); run the same command again"
