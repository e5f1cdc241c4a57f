"""Grades one task, in whatever process it is handed to; judges are kept from task to task."""

import atexit
import os
import threading
from contextlib import ExitStack
from dataclasses import dataclass, replace

from grader.batch.task import Order, Task
from grader.judge.grade import Plan, grade, prepared, prepared_to_try
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.results import Result
from grader.sandbox.lender import ContainerPool

# Of its time a test gets this much beside others; what needs more is tried again alone
# (`grader.batch.confirm`), so that a hang costs the batch a moment and nobody a point by chance.
PATIENCE_BESIDE_OTHERS = 0.25

_preparing = threading.Lock()


@dataclass(frozen=True)
class Tools:
    """What grades: judges, and the address of a pool of containers, "" for none."""

    judges: Judges
    pool: str = ""


def work(task: Task) -> Result:
    """Grade a task with the tools of this process; what cannot be judged the result says.

    Raises:
        GraderError: when nothing can be graded here, such as without a sandbox.
    """
    return grade_task(task, _Kept.tools())


def grade_task(task: Task, tools: Tools) -> Result:
    """Grade a task: all tests on drawn examples, or some tests on given ones."""
    exercise = task.unpacked()
    plan = _plan(task.order, tools)
    with _preparing:  # once for all, with little beside it
        plan = prepared(exercise, plan, tools.judges)
        if task.tried:
            plan = prepared_to_try(exercise, plan, task.tried, tools.judges)
    patience = 1.0 if task.is_alone else PATIENCE_BESIDE_OTHERS
    plan = replace(plan, only=task.only or plan.only, patience=patience)
    return grade(task.submission, exercise, plan, tools.judges)


def _plan(order: Order, tools: Tools) -> Plan:
    sandbox = replace(order.sandbox, pool=tools.pool)
    return Plan(sandbox, order.limits, order.seed, order.hidden_paths)


class _Kept:
    """The tools of this process; they end with it."""

    _lock = threading.Lock()
    _tools: Tools | None = None

    @classmethod
    def tools(cls) -> Tools:
        with cls._lock:
            if cls._tools is None:
                stack = ExitStack()
                judges = stack.enter_context(PreloadedJudges())
                pool = stack.enter_context(ContainerPool(os.cpu_count() or 1))
                cls._tools = Tools(judges, pool.address)
                atexit.register(stack.close)
            return cls._tools
