"""What the tests of the judge share: small banks, and hidden tests that are judged right here."""

import io
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.judge import judge as judge_main
from grader.judge.job import Job
from grader.judge.report import Account, Reporter
from grader.limits import Limits
from grader.sandbox.base import Sandbox
from grader.sandbox.bubblewrap import why_unavailable
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission, read_submission

# Every hidden test of a small bank begins with these lines.
PRELUDE = """
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from grader.testing import Raised, hint, points, raises, scenario, source_text, syntax_tree

@scenario
def ask(student, *arguments):
    return student.answer(*arguments)
"""

CATALOG = """
[[section]]
id = "L1"
title = "Small"
[[section.exercise]]
id = "small"
title = "A small exercise"
"""

WriteExercise = Callable[..., Exercise]
"""Takes a hidden test (after PRELUDE), and the text of the reference; returns the exercise."""

JudgeHere = Callable[..., Account]
"""Takes an exercise and a sandbox; returns what the judge reports of the reference in it."""


@pytest.fixture
def write_exercise(tmp_path: Path) -> WriteExercise:
    """Writes a bank with the one exercise `small` into tmp_path/bank."""

    def write(
        tests: str, *, reference: str = "def answer(*arguments): return 1\n", prelude: str = PRELUDE
    ) -> Exercise:
        texts = {
            "exercises/catalog.toml": CATALOG,
            "exercises/small.py": '"""Write `answer`."""\n',
            "hidden/test_small.py": prelude + textwrap.dedent(tests),
            "solutions/small.py": textwrap.dedent(reference),
        }
        for name, text in texts.items():
            path = tmp_path / "bank" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_bank(tmp_path / "bank").find("small")

    return write


def job_for(
    exercise: Exercise,
    submission: Submission | None = None,
    *,
    seed: int = 0,
    limits: Limits | None = None,
    sandbox: str = "none",
    only: tuple[str, ...] = (),
) -> Job:
    """Return the job of judging a submission, by default the reference."""
    return Job(
        exercise=exercise,
        submission=submission or read_submission(exercise.reference, exercise),
        sandbox=SandboxChoice(sandbox),
        limits=limits or Limits(),
        seed=seed,
        run_id="0123456789abcdef",
        only=only,
    )


@pytest.fixture
def untouched_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what a run of pytest inside this one does to Hypothesis and to the loaded modules."""
    profile = hypothesis.settings.get_current_profile_name()
    modules = set(sys.modules)
    # As in the judge's own process: no plugins but its own, and no assertion is rewritten.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    plain = [finder for finder in sys.meta_path if not isinstance(finder, AssertionRewritingHook)]
    monkeypatch.setattr(sys, "meta_path", plain)
    yield
    hypothesis.settings.load_profile(profile)
    for name in set(sys.modules) - modules:
        if name.startswith("test_small"):
            del sys.modules[name]


@pytest.fixture
def judge_here(monkeypatch: pytest.MonkeyPatch, untouched_state: None) -> JudgeHere:
    """Judges in this process: the same code as in the judge's own, with a sandbox to choose."""

    def run(exercise: Exercise, sandbox: Sandbox, job: Job | None = None) -> Account:
        monkeypatch.setattr(judge_main, "take_sandbox", lambda choice: sandbox)
        for name in [name for name in sys.modules if name.startswith("test_small")]:
            del sys.modules[name]  # else pytest takes it for the file of the next run
        stream = io.BytesIO()
        judge_main.judge(job or job_for(exercise), Reporter(stream))
        account = Account()
        for line in stream.getvalue().splitlines():
            account.add(line)
        return account

    return run


@pytest.fixture(scope="session")
def bubblewrap() -> str:
    """The name of the sandbox bubblewrap; skips the test where it does not work."""
    reason = why_unavailable()
    if reason and os.environ.get("GRADER_REQUIRE_DOCKER"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    return "bubblewrap"
