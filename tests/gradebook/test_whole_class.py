"""A whole class is graded to the same here, on a cluster that loses a worker, and in PostgreSQL."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from gradebook.conftest import Server
from made_up_class import make_bank, papers, write_class

from grader.gradebook import open_gradebook

pytestmark = pytest.mark.long

COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")
STUDENTS = 40


def command_for(folder: Path, gradebook: str, *options: str) -> list[str]:
    bank, (submissions,) = make_bank(folder / "bank"), write_class("students", folder, STUDENTS)
    arguments = ["batch", str(submissions), "--bank", str(bank), "--gradebook", gradebook]
    return [*COMMAND, *arguments, "--sandbox", "bubblewrap", *options]


def grades_in(gradebook: str) -> dict[tuple[str, str], object]:
    """Return what each test of each grade came to, without the times."""
    with open_gradebook(gradebook) as book:
        return {
            (grade.student, grade.exercise): tuple(
                dataclasses.replace(test, seconds=0.0) for test in grade.result.tests
            )
            for grade in book.standing()
        }


def times_stored(gradebook: str) -> dict[tuple[str, str], int]:
    """Return how many grades a student has ever had for an exercise; a second look may add one."""
    with open_gradebook(gradebook) as book:
        return {
            (grade.student, grade.exercise): len(book.history(grade.student, grade.exercise))
            for grade in book.standing()
        }


@dataclass(frozen=True)
class Graded:
    """What is in a gradebook after a class has been graded."""

    grades: dict[tuple[str, str], object]
    times: dict[tuple[str, str], int]


def graded_in(gradebook: str) -> Graded:
    return Graded(grades_in(gradebook), times_stored(gradebook))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The grades of the class on this machine, in SQLite."""
    folder = tmp_path_factory.mktemp("here")
    gradebook = str(folder / "gradebook.db")
    subprocess.run(command_for(folder, gradebook), check=True, capture_output=True)
    graded = graded_in(gradebook)
    assert graded.grades.keys() == {(paper.student, paper.exercise) for paper in papers(STUDENTS)}
    return graded


def test_a_cluster_that_loses_a_worker_comes_to_the_same(here: Graded, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    gradebook = str(tmp_path / "gradebook.db")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=str(tmp_path),
        env={"XDG_CACHE_HOME": str(tmp_path / "cache")},
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.process.pid
        command = command_for(tmp_path, gradebook, "--cluster", cluster.scheduler_address)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and count(gradebook) < 40:
                time.sleep(0.2)
            os.kill(victim, signal.SIGKILL)
        assert process.returncode == 0
    assert graded_in(gradebook) == here


def test_postgresql_holds_the_same(here: Graded, tmp_path: Path, postgres: Server) -> None:
    gradebook = postgres.new_schema()
    subprocess.run(command_for(tmp_path, gradebook), check=True, capture_output=True)
    assert graded_in(gradebook) == here


def count(gradebook: str) -> int:
    """Return how many grades stand."""
    if not Path(gradebook).exists():
        return 0
    with open_gradebook(gradebook) as book:
        return sum(1 for _ in book.standing())
