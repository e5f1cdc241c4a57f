"""What every contender is to the benchmark, and those that grade each submission alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.classroom import FILE_NAME, Paper, write_papers
from benchmarks.running import Command
from benchmarks.workshop import Workshop

LIMIT_SECONDS = 20
"""What a grader without a limit of its own grants a submission."""

# For a program that has its own limit, or none: only so that the benchmark ends.
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Desk:
    """What is graded in one run, and a fresh folder for all that is written."""

    papers: tuple[Paper, ...]
    folder: Path
    workshop: Workshop

    @property
    def submissions(self) -> Path:
        """The folder with a folder for each student."""
        return self.folder / "submissions"

    def lay_out(self) -> None:
        """Write the submissions."""
        write_papers(self.papers, self.submissions)

    def submission(self, paper: Paper) -> Path:
        """Return a student's file."""
        return self.submissions / paper.student / FILE_NAME

    def results(self, paper: Paper) -> Path:
        """Return a folder for what comes of a student's file; it is made if need be."""
        folder = self.folder / "results" / paper.student
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class Contender(Protocol):
    """A grader that takes part.

    `name` is for the command line and `label` for people. One that `is_slow` takes part in the
    first round only.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see above
    @property
    def label(self) -> str: ...  # noqa: D102 - see above
    @property
    def is_ours(self) -> bool: ...  # noqa: D102 - see above
    @property
    def is_slow(self) -> bool: ...  # noqa: D102 - see above

    def prepare(self, workshop: Workshop) -> str:
        """Install what it needs, and return what it is, with versions.

        Raises:
            NotRun: when that cannot be done here.
        """

    def commands(self, desk: Desk, jobs: int) -> Sequence[Command]:
        """Return what grades all that is on the desk, `jobs` at a time; may write files."""

    def command_for_one(self, desk: Desk) -> Command:
        """Return what grades the one submission that is on the desk."""

    def passed(self, desk: Desk) -> Mapping[str, int]:
        """Return how many tests each student passed, after the commands have been run."""


class Tool(Protocol):
    """A grader that has a program for one submission."""

    def prepare(self, workshop: Workshop) -> str:
        """Install what it needs, and return what it is, with versions; raises NotRun."""

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return what grades one submission."""

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return how many tests it passed."""


@dataclass(frozen=True)
class EachAlone:
    """A contender that grades each submission by a program of its own."""

    name: str
    label: str
    tool: Tool
    is_slow: bool = False
    is_ours: bool = False

    def prepare(self, workshop: Workshop) -> str:
        """Install what it needs."""
        return self.tool.prepare(workshop)

    def commands(self, desk: Desk, jobs: int) -> Sequence[Command]:
        """Return a command for each submission; who runs them sees to it that they are `jobs`."""
        return [self.tool.command(desk, paper) for paper in desk.papers]

    def command_for_one(self, desk: Desk) -> Command:
        """Return the command for the only submission."""
        (paper,) = desk.papers
        return self.tool.command(desk, paper)

    def passed(self, desk: Desk) -> Mapping[str, int]:
        """Return how many tests each student passed."""
        return {paper.student: self.tool.passed(desk, paper) for paper in desk.papers}


def limited(*arguments: str) -> tuple[str, ...]:
    """Return the command that ends another one after LIMIT_SECONDS."""
    return ("timeout", "--kill-after=2", str(LIMIT_SECONDS), *arguments)
