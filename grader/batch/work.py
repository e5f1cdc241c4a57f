"""Grades one task, in whatever process it is handed to; judges are kept from task to task."""

import atexit
import json
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from grader.batch.task import Order, Task
from grader.judge.grade import Plan, grade
from grader.judge.processes import Judges, PreloadedJudges
from grader.results import Result


def work(task: Task) -> Result:
    """Grade a task with the judges of this process; what cannot be judged the result says.

    Raises:
        GraderError: when nothing can be graded here, such as without a sandbox.
    """
    return grade_task(task, _Kept.judges())


def grade_task(task: Task, judges: Judges) -> Result:
    """Grade a task: all tests on drawn examples, or some tests on given ones."""
    exercise = task.unpacked()
    plan = _plan(task.order)
    if not task.tried:
        return grade(task.submission, exercise, plan, judges)
    with _written(task.tried) as recording:
        names = tuple(task.tried)
        # No smaller example is looked for: what is tried is the smallest that somebody else had.
        given = replace(plan, shrink=False, recording=recording, only=names)
        return grade(task.submission, exercise, given, judges)


def _plan(order: Order) -> Plan:
    return Plan(order.sandbox, order.limits, order.seed, order.hidden_paths)


@contextmanager
def _written(examples: Mapping[str, tuple[str, ...]]) -> Iterator[Path]:
    """Give a file of recorded examples (`grader.judge.recording`), gone after the block."""
    with tempfile.NamedTemporaryFile("w", prefix="grader-tried-", suffix=".json") as file:
        json.dump({name: list(texts) for name, texts in examples.items()}, file)
        file.flush()
        yield Path(file.name)


class _Kept:
    """The preloaded judges of this process; they end with it."""

    _lock = threading.Lock()
    _judges: PreloadedJudges | None = None

    @classmethod
    def judges(cls) -> PreloadedJudges:
        with cls._lock:
            if cls._judges is None:
                cls._judges = PreloadedJudges()
                atexit.register(cls._judges.__exit__)
            return cls._judges
