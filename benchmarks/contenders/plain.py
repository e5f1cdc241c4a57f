"""pytest as it is: a process for each submission, and nothing between the two."""

import re
from pathlib import Path

from benchmarks.classroom import PLAIN_TESTS, Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk, limited
from benchmarks.running import Command, said
from benchmarks.workshop import Workshop, same_packages

PYTEST_FLAGS = ("-q", "-p", "no:cacheprovider")


class PlainPytest:
    """`python -m pytest` on the plain tests, with the submission on the path."""

    def prepare(self, workshop: Workshop) -> str:
        """Make an environment with pytest and Hypothesis alone."""
        self._python(workshop)
        workshop.lay_out("pytest")
        return ", ".join(same_packages()).replace("==", " ")

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return pytest's command."""
        python = str(self._python(desk.workshop))
        tests = str(desk.workshop.tests / PLAIN_TESTS.name)
        return Command(
            limited(python, "-m", "pytest", *PYTEST_FLAGS, tests),
            desk.results(paper),
            desk.workshop.environment(PYTHONPATH=str(desk.submission(paper).parent)),
            desk.results(paper) / "pytest",
            PATIENCE_SECONDS,
        )

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return what pytest's last line says."""
        return passed_of(said(self.command(desk, paper)))

    def _python(self, workshop: Workshop) -> Path:
        return workshop.python("pytest", same_packages())


def passed_of(output: str) -> int:
    """Return how many tests passed, by what pytest wrote; 0 where it was ended before."""
    found = re.search(r"\b(\d+) passed\b", output.strip().rpartition("\n")[2])
    return int(found[1]) if found else 0
