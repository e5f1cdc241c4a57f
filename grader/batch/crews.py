"""Who grades a batch: judges on this machine, or the workers of a Dask cluster."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from grader.batch.run import Crew
from grader.batch.task import Order
from grader.batch.work import Tools, grade_task, work
from grader.errors import UsageError
from grader.judge.grade import judge_environment
from grader.judge.processes import PreloadedJudges
from grader.sandbox.choice import POOL
from grader.sandbox.lender import ContainerPool
from grader.sandbox.pooled import Terms

CONNECT_SECONDS = 10
_NO_DASK = "--cluster needs Dask; install it with `pip install 'grader[cluster]'`"


@contextmanager
def local_crew(jobs: int | None, seed: int | None = None) -> Iterator[Crew]:
    """Give `jobs` judges at a time on this machine (default: one for each core).

    Each judge is a process of its own; a thread here waits for it. When the block is left, nothing
    runs on. With `seed`, the process that judges with it are forked from is started at once.
    """
    count = jobs or os.cpu_count() or 1
    executor = ThreadPoolExecutor(count, thread_name_prefix="grading")
    try:
        with ContainerPool(count) as pool, PreloadedJudges() as judges:
            if seed is not None:
                judges.prepare(judge_environment(seed))
            tools = Tools(judges, pool.address)
            try:
                yield Crew(
                    executor,
                    lambda task: grade_task(task, tools),
                    lambda: count + 1,
                    prepare=lambda order: _prepare(pool, order),
                    pool=pool.address,
                )
            finally:  # first, so that no judge is asked for any more; then end those at work
                executor.shutdown(wait=False, cancel_futures=True)
    finally:
        executor.shutdown()


def _prepare(pool: ContainerPool, order: Order) -> None:
    if order.sandbox.name == POOL:
        pool.prepare(Terms(order.sandbox.image, order.sandbox.runtime, order.limits))


@contextmanager
def cluster_crew(address: str) -> Iterator[Crew]:
    """Give the workers of the Dask cluster whose scheduler is at `address` ("tcp://host:8786").

    The tasks are sent as data; a task whose worker dies is done by another one.

    Raises:
        UsageError: when Dask is not installed, or nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(_NO_DASK) from None
    connect: Any = Client  # Dask has no types
    try:
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address} ({error or 'time is up'}); start one with "
            "`dask scheduler`, and workers with `dask worker`"
        ) from None
    try:
        # Not pure: the same submission of two students is two tasks.
        executor = client.get_executor(pure=False, retries=2)
        yield Crew(executor, work, lambda: _width(client), needs_parcels=True)
        executor.shutdown(wait=False)
    finally:
        client.close()


def _width(client: Any) -> int:
    """Return how many tasks to hand out: twice as many as can be worked on, so that none waits."""
    threads: dict[str, int] = client.nthreads()
    return max(1, 2 * sum(threads.values()))
