"""otter-grader, run without its container: a notebook kernel for each submission."""

import json
import zipfile
from pathlib import Path

from benchmarks.classroom import HERE, TESTS, Paper
from benchmarks.contenders.base import PATIENCE_SECONDS, Desk, limited
from benchmarks.running import Command
from benchmarks.workshop import Workshop, same_packages

PACKAGE = "otter-grader"
# It starts a kernel and leaves it to the user to have one.
_KERNEL = "ipykernel"


class OtterGrader:
    """`otter run` for each submission, with a test file for each test."""

    def prepare(self, workshop: Workshop) -> str:
        """Install it, and pack what it calls an autograder."""
        folder = workshop.lay_out("otter")
        template = (HERE / "others/otter/test_template.py").read_text(encoding="utf-8")
        with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
            archive.write(folder / "otter_config.json", "otter_config.json")
            for test in TESTS:
                archive.writestr(f"tests/{test}.py", template.replace("TEST_NAME", test))
        return f"{PACKAGE} {workshop.version_of(self._python(workshop), PACKAGE)}"

    def command(self, desk: Desk, paper: Paper) -> Command:
        """Return its command."""
        workshop, python = desk.workshop, self._python(desk.workshop)
        files = workshop.cache / "others/otter"
        results = str(desk.results(paper))
        options = ("-a", str(files / "autograder.zip"), "-o", results, "--no-logo")
        submission = str(desk.submission(paper))
        return Command(
            limited(str(python.with_name("otter")), "run", *options, submission),
            desk.results(paper),
            workshop.notebook_environment(python, PYTHONPATH=f"{workshop.tests}:{files}"),
            desk.results(paper) / "otter",
            PATIENCE_SECONDS,
        )

    def passed(self, desk: Desk, paper: Paper) -> int:
        """Return how many tests earned their point; none where it was ended before."""
        try:
            results = json.loads((desk.results(paper) / "results.json").read_bytes())
        except (OSError, ValueError):
            return 0
        # Its first entry is a summary, and has no score.
        return sum(test.get("score") == 1 for test in results["tests"] if test["name"] in TESTS)

    def _python(self, workshop: Workshop) -> Path:
        return workshop.python("otter", (PACKAGE, _KERNEL, *same_packages()))
