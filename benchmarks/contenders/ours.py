"""Ours: `grade batch` for a class and `grade submit` for one, with each of our sandboxes."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.classroom import BANK, EXERCISE
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk
from benchmarks.running import Command, must_run
from benchmarks.workshop import Workshop

SANDBOXES = ("pool", "docker", "bubblewrap", "none")
"""What `--sandbox` is given, each a contender of its own; one that is not there is not run."""

_SECONDS_FOR_EACH = 30.0


@dataclass(frozen=True)
class Ours:
    """`grade` with one sandbox, and a fresh gradebook for each run."""

    sandbox: str
    is_slow: bool = False
    is_ours: bool = True

    @property
    def name(self) -> str:
        """The sandbox's name."""
        return self.sandbox

    @property
    def label(self) -> str:
        """What is shown."""
        return f"grade, {self.sandbox}" if self.sandbox != "none" else "grade, no sandbox"

    def prepare(self, workshop: Workshop) -> str:
        """Say which version it is; whether the sandbox works shows when it is tried."""
        return workshop.prepare((_program(), "--version"), "grade does not run").strip()

    def commands(self, desk: Desk, jobs: int) -> Sequence[Command]:
        """Return the one command that grades the whole class."""
        options = ("--gradebook", str(self._gradebook(desk)), "--jobs", str(jobs))
        seconds = PATIENCE_SECONDS + _SECONDS_FOR_EACH * len(desk.papers)
        return [self._command(desk, "batch", str(desk.submissions), *options, seconds=seconds)]

    def command_for_one(self, desk: Desk) -> Command:
        """Return the command that a student or teacher types for one file."""
        (paper,) = desk.papers
        return self._command(desk, "submit", str(desk.submission(paper)))

    def passed(self, desk: Desk) -> Mapping[str, int]:
        """Return how many tests each student passed, by the gradebook."""
        report = ("report", "--format", "json", "--gradebook", str(self._gradebook(desk)))
        environment = desk.workshop.environment()
        output = desk.folder / "report"
        command = Command((_program(), *report), desk.folder, environment, output, PATIENCE_SECONDS)
        grades = json.loads(must_run(command, "no report"))["grades"]
        return {grade["student"]: _passed(grade["result"]["tests"]) for grade in grades}

    def _command(
        self, desk: Desk, verb: str, *arguments: str, seconds: float = PATIENCE_SECONDS
    ) -> Command:
        bank = ("--bank", str(BANK), "--exercise", EXERCISE, "--sandbox", self.sandbox)
        return Command(
            (_program(), verb, *arguments, *bank),
            desk.folder,
            desk.workshop.environment(),
            desk.folder / verb,
            seconds,
        )

    def _gradebook(self, desk: Desk) -> Path:
        return desk.folder / "gradebook.db"


def _program() -> str:
    return str(Path(sys.executable).with_name("grade"))


def _passed(tests: Sequence[Mapping[str, object]]) -> int:
    return sum(test["outcome"] == "passed" for test in tests)
