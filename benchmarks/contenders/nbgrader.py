"""nbgrader: the class in notebooks, shared out among as many runs of it as are to run at a time."""

import csv
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.classroom import BANK, EXERCISE, FILE_NAME, TESTS, Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk
from benchmarks.running import Command, must_run
from benchmarks.workshop import Workshop, same_packages

PACKAGE = "nbgrader"
ASSIGNMENT = "assignment"

# Makes the module that the plain tests import of what the student's cell has defined.
_BRIDGE = f"""\
import sys
import types

module = types.ModuleType("{EXERCISE}")
vars(module).update(globals())
sys.modules["{EXERCISE}"] = module
import test_{EXERCISE}
"""


class Nbgrader:
    """`nbgrader autograde`, one notebook after the other, on each share of the class."""

    name = "nbgrader"
    label = "nbgrader"
    is_ours = False
    is_slow = True

    def prepare(self, workshop: Workshop) -> str:
        """Install it, and make a course with the assignment, from which each run begins."""
        python = self._python(workshop)
        origin = workshop.lay_out("nbgrader")
        course = self._course(workshop)
        shutil.rmtree(course, ignore_errors=True)
        reference = (BANK / "solutions" / FILE_NAME).read_text(encoding="utf-8")
        _write_notebook(reference, course / "source" / ASSIGNMENT)
        shutil.copy(origin / "nbgrader_config.py", course)
        generate = self._command(workshop, course, "generate_assignment", ASSIGNMENT, "--create")
        must_run(generate, "nbgrader cannot make an assignment")
        return f"{PACKAGE} {workshop.version_of(python, PACKAGE)}"

    def commands(self, desk: Desk, jobs: int) -> Sequence[Command]:
        """Return a command for each share of the class, in a course of its own."""
        commands = []
        for course, papers in _shares(desk, jobs):
            shutil.copytree(self._course(desk.workshop), course)
            for paper in papers:
                submitted = course / "submitted" / paper.student / ASSIGNMENT
                _write_notebook(paper.source, submitted)
            commands.append(self._command(desk.workshop, course, "autograde", ASSIGNMENT))
        return commands

    def command_for_one(self, desk: Desk) -> Command:
        """Return the command for the only submission."""
        (command,) = self.commands(desk, 1)
        return command

    def passed(self, desk: Desk) -> Mapping[str, int]:
        """Return the points of each student, one for each test, from its own export."""
        points: dict[str, int] = {}
        for course in sorted(desk.folder.glob("course*")):
            export = self._command(desk.workshop, course, "export", "--to=grades.csv")
            must_run(export, "nbgrader cannot export")
            with (course / "grades.csv").open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    points[row["student_id"]] = int(float(row["score"] or 0))
        return points

    def _course(self, workshop: Workshop) -> Path:
        return workshop.cache / "nbgrader-course"

    def _command(self, workshop: Workshop, course: Path, *arguments: str) -> Command:
        python = self._python(workshop)
        return Command(
            (str(python.with_name("nbgrader")), *arguments),
            course,
            workshop.notebook_environment(python, PYTHONPATH=str(workshop.tests)),
            course / arguments[0],
            PATIENCE_SECONDS * 10,
        )

    def _python(self, workshop: Workshop) -> Path:
        return workshop.python("nbgrader", (PACKAGE, *same_packages()))


def _shares(desk: Desk, jobs: int) -> Iterator[tuple[Path, tuple[Paper, ...]]]:
    """Yield the folder of each course, and who is in it."""
    for number in range(min(jobs, len(desk.papers))):
        yield desk.folder / f"course{number}", desk.papers[number::jobs]


def _write_notebook(source: str, folder: Path) -> None:
    """Write a notebook with a student's code, the bridge, and a cell for each test."""
    cells = [_cell("student", source, solution=True), _cell("bridge", _BRIDGE, locked=True)]
    for test in TESTS:
        call = f"test_{EXERCISE}.{test}()"
        cells.append(_cell(test, call, grade=True, locked=True, points=1))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}}
    folder.mkdir(parents=True)
    text = json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5})
    (folder / f"{EXERCISE}.ipynb").write_text(text, encoding="utf-8")


def _cell(name: str, source: str, **kind: bool | int) -> dict[str, Any]:
    """Return a cell of code with nbgrader's metadata (schema version 3)."""
    metadata = {"schema_version": 3, "grade_id": name, "task": False}
    for flag in ("grade", "solution", "locked"):
        metadata[flag] = False
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"nbgrader": {**metadata, **kind}},
        "outputs": [],
        "source": source,
    }
