"""gradescope-utils, as a Gradescope autograder runs it: unittest with a runner that writes JSON."""

import json
from pathlib import Path

from benchmarks.classroom import Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk, limited
from benchmarks.running import Command
from benchmarks.workshop import Workshop, same_packages

PACKAGE = "gradescope-utils"


class GradescopeUtils:
    """`run_tests.py` for each submission, within a limit as the site sets one."""

    def prepare(self, workshop: Workshop) -> str:
        """Install it."""
        workshop.lay_out("gradescope")
        return f"{PACKAGE} {workshop.version_of(self._python(workshop), PACKAGE)}"

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return the command of its runner."""
        workshop = desk.workshop
        path = f"{desk.submission(paper).parent}:{workshop.tests}"
        results = str(desk.results(paper) / "results.json")
        return Command(
            limited(str(self._python(workshop)), "run_tests.py", results),
            workshop.cache / "others/gradescope",
            workshop.environment(PYTHONPATH=path),
            desk.results(paper) / "gradescope",
            PATIENCE_SECONDS,
        )

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return how many tests earned their point; none where it was ended before."""
        try:
            results = json.loads((desk.results(paper) / "results.json").read_bytes())
        except (OSError, ValueError):
            return 0
        return sum(test["score"] == test["max_score"] for test in results["tests"])

    def _python(self, workshop: Workshop) -> Path:
        return workshop.python("gradescope", (PACKAGE, *same_packages()))
