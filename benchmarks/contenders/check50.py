"""check50, as a teacher runs it on a file: each check in a process of its own."""

import json
from pathlib import Path

from benchmarks.classroom import Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk, limited
from benchmarks.running import Command
from benchmarks.workshop import Workshop, same_packages

PACKAGE = "check50"


class Check50:
    """`check50 --dev CHECKS` for each submission.

    Its limit for a check raises an exception in it, which Hypothesis takes for a failing example
    and tries again; so there is a limit around the whole as well.
    """

    def prepare(self, workshop: Workshop) -> str:
        """Install it."""
        workshop.lay_out("check50")
        return f"{PACKAGE} {workshop.version_of(self._python(workshop), PACKAGE)}"

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return its command."""
        workshop = desk.workshop
        results = str(desk.results(paper) / "results.json")
        program = str(self._python(workshop).with_name("check50"))
        checks = str(workshop.cache / "others/check50")
        return Command(
            limited(program, "--dev", checks, "--output", "json", "--output-file", results),
            desk.submission(paper).parent,
            workshop.environment(PYTHONPATH=str(workshop.tests)),
            desk.results(paper) / "check50",
            PATIENCE_SECONDS,
        )

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return how many checks passed."""
        try:
            results = json.loads((desk.results(paper) / "results.json").read_bytes())
        except (OSError, ValueError):
            return 0
        return sum(check["passed"] is True for check in results["results"])

    def _python(self, workshop: Workshop) -> Path:
        return workshop.python("check50", (PACKAGE, *same_packages()))
