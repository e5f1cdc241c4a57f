"""Who grades: judges on this machine and the workers of a cluster come to the same."""

import dataclasses
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch.conftest import LUCKY, RIGHT, WRONG, HandInAs

from grader.batch.crews import cluster_crew, local_crew
from grader.batch.keep import keep
from grader.batch.plan import Commission, plan_batch
from grader.batch.run import Crew, run
from grader.batch.task import Task
from grader.errors import UsageError
from grader.gradebook import Gradebook, open_gradebook
from grader.results import Result

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[distributed.LocalCluster]":
    """A scheduler, and two workers that are processes with a cache of their own."""
    folder = tmp_path_factory.mktemp("dask")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=50,
            local_directory=str(folder),
            env={"XDG_CACHE_HOME": str(folder / "cache")},
        ) as made,
    ):
        yield made


def graded(
    crew: Crew,
    commission: Commission,
    gradebook: Gradebook,
    hand_in: HandInAs,
) -> dict[str, Result]:
    """Grade twelve submissions; return the results that stand, without their times."""
    texts = (RIGHT, WRONG, LUCKY, "import os\nos._exit(0)\n")
    hand_ins = [hand_in(f"student{number:02}", texts[number % 4]) for number in range(12)]
    planned = plan_batch(
        hand_ins, lambda exercise: commission, gradebook, as_parcels=crew.needs_parcels
    )
    for done in run(planned.tasks(), crew, lambda task: None):
        assert done.result is not None, done.reason
        keep(done, gradebook)
    return {grade.student: without_times(grade.result) for grade in gradebook.standing()}


def without_times(result: Result) -> Result:
    tests = tuple(dataclasses.replace(test, seconds=0.0) for test in result.tests)
    return dataclasses.replace(result, tests=tests)


def test_a_cluster_comes_to_the_same_as_this_machine(
    cluster: "distributed.LocalCluster",
    commission: Commission,
    hand_in: HandInAs,
    tmp_path: Path,
) -> None:
    with open_gradebook(tmp_path / "here.db") as gradebook, local_crew(2) as crew:
        here = graded(crew, commission, gradebook, hand_in)
    with (
        open_gradebook(tmp_path / "there.db") as gradebook,
        cluster_crew(cluster.scheduler_address) as crew,
    ):
        there = graded(crew, commission, gradebook, hand_in)
    assert there == here
    assert len(there) == 12


def test_a_worker_that_dies_costs_no_result_and_nothing_is_stored_twice(
    cluster: "distributed.LocalCluster",
    commission: Commission,
    hand_in: HandInAs,
    gradebook: Gradebook,
) -> None:
    victim = next(iter(cluster.workers.values())).process.process.pid
    handed_in = [hand_in(f"student{number:02}", WRONG) for number in range(12)]
    with cluster_crew(cluster.scheduler_address) as crew:
        planned = plan_batch(handed_in, lambda exercise: commission, gradebook, as_parcels=True)
        for number, done in enumerate(run(planned.tasks(), crew, lambda task: None)):
            if number == 0:
                os.kill(victim, signal.SIGKILL)
            keep(done, gradebook)
    assert sorted(grade.student for grade in gradebook.standing()) == [
        one.student for one in handed_in
    ]
    histories = [gradebook.history(one.student, "small") for one in handed_in]
    assert [len(history) for history in histories] == [1] * 12
    assert {history[0].result.points for history in histories} == {1}


def test_an_address_where_nobody_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.batch.crews.CONNECT_SECONDS", 1)
    with (
        pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9 "),
        cluster_crew("tcp://127.0.0.1:9"),
    ):
        pass


def test_an_address_that_is_none_is_told() -> None:
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers at nonsense://"),
        cluster_crew("nonsense://"),
    ):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UsageError, match=r"pip install 'grader\[cluster\]'"),
        cluster_crew("tcp://127.0.0.1:8786"),
    ):
        pass


def test_when_the_block_is_left_no_task_is_taken_any_more(
    commission: Commission, hand_in: HandInAs, gradebook: Gradebook
) -> None:
    with local_crew(1) as crew:
        tasks: tuple[Task, ...] = tuple(
            plan_batch([hand_in("anna", RIGHT)], lambda exercise: commission, gradebook).tasks()
        )
    with pytest.raises(RuntimeError):
        list(run(tasks, crew, lambda task: None))
