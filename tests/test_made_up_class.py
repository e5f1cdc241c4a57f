"""A made-up class, handed in in each layout: everybody has the grade that is due, in Docker."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from made_up_class import LAYOUTS, ZIPS, Paper, canvas_number, make_bank, papers, write_class

from grader.bank import Bank
from grader.catalogue import read_bank
from grader.gradebook import open_gradebook
from grader.intake import read_intake

COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")
LAST_LINE = "0 not graded"

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return read_bank(make_bank(tmp_path_factory.mktemp("bank")))


def student_of(paper: Paper, layout: str) -> str:
    """Return what a layout calls a student."""
    return canvas_number(paper.student) if layout in ZIPS else paper.student


def batch(paths: Sequence[Path], bank: Bank, gradebook: str, *options: str) -> list[str]:
    """Grade each of the paths; return the last lines."""
    last = []
    for path in paths:
        command = [*COMMAND, "batch", str(path), "--bank", str(bank.root)]
        command += ["--gradebook", gradebook, *options]
        finished = subprocess.run(command, capture_output=True, text=True)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        last.append(finished.stdout.splitlines()[-1])
    return last


def complaints(gradebook: str, students: int, layout: str) -> Iterator[str]:
    """Yield what is wrong with the grades of a class."""
    with open_gradebook(gradebook) as book:
        record = book.class_record()
    due = list(papers(students))
    if len(record.grades) != len(due):
        yield f"{len(record.grades)} grades of {len(due)}"
    for paper in due:
        grade = record.by_pair.get((student_of(paper, layout), paper.exercise))
        if grade is None:
            yield f"{paper}: no grade"
        elif complaint := paper.complaint(
            {test.name: test.outcome.value for test in grade.result.tests}
        ):
            yield complaint


@each_layout
def test_each_layout_is_recognised_and_everything_in_it_found(
    layout: str, bank: Bank, tmp_path: Path
) -> None:
    found = {}
    for path in write_class(layout, tmp_path):
        intake = read_intake(path, bank)
        assert (intake.layout, intake.refusals, intake.unmatched) == (layout, (), ())
        found |= {
            (one.student, one.exercise): one.submission.files[f"{one.exercise}.py"]
            for one in intake.hand_ins
        }
    assert found == {
        (student_of(paper, layout), paper.exercise): paper.content for paper in papers()
    }


@pytest.mark.docker
def test_a_small_class_has_the_grades_that_are_due(
    bank: Bank, tmp_path: Path, core_image: str
) -> None:
    gradebook = str(tmp_path / "gradebook.db")
    paths = write_class("students", tmp_path, 3)
    assert batch(paths, bank, gradebook, "--sandbox", "docker") == [
        "11 graded, 0 unchanged, 0 not graded"
    ]
    assert list(complaints(gradebook, 3, "students")) == []


@pytest.mark.long
@pytest.mark.docker
@each_layout
def test_the_whole_class_has_the_grades_that_are_due(
    layout: str, bank: Bank, tmp_path: Path, core_image: str
) -> None:
    gradebook = str(tmp_path / "gradebook.db")
    last = batch(write_class(layout, tmp_path), bank, gradebook, "--sandbox", "docker")
    assert all(line.endswith(LAST_LINE) for line in last)
    assert list(complaints(gradebook, 40, layout)) == []


@pytest.mark.long
@pytest.mark.docker
def test_a_run_that_is_killed_three_times_goes_on_where_it_stopped(
    bank: Bank, tmp_path: Path, core_image: str
) -> None:
    gradebook = str(tmp_path / "gradebook.db")
    paths = write_class("students", tmp_path)
    command = [*COMMAND, "batch", str(paths[0]), "--bank", str(bank.root)]
    command += ["--gradebook", gradebook, "--sandbox", "docker"]
    stored: dict[tuple[str, str], int] = {}
    for stop_at in (30, 60, 90):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(numbers(gradebook)) < stop_at:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = numbers(gradebook)
        assert now.items() >= stored.items()
        stored = now
    (last,) = batch(paths, bank, gradebook, "--sandbox", "docker")
    assert last == f"{159 - len(stored)} graded, {len(stored)} unchanged, 0 not graded"
    assert list(complaints(gradebook, 40, "students")) == []


def numbers(gradebook: str) -> dict[tuple[str, str], int]:
    """Return the number of each grade that stands."""
    if not Path(gradebook).exists():
        return {}
    with open_gradebook(gradebook) as book:
        return {(grade.student, grade.exercise): grade.number for grade in book.standing()}
