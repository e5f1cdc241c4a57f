"""What the tests of the command line share: a way to run `grade`, a small bank, a fake grading."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.bank import Exercise
from grader.cli.main import run
from grader.judge.grade import Plan
from grader.outcomes import Fault, Outcome
from grader.results import Evidence, Frame, Result, TestRecord
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

CATALOG = """
[[section]]
id = "A"
title = "Numbers"

[[section.exercise]]
id = "double"
title = "Twice as much"
limits = { test_seconds = 30, submission_seconds = 60 }

[[section]]
id = "B"
title = "Programs"

[[section.exercise]]
id = "triple"
title = "Three times as much"

[[section.exercise]]
id = "shop"
title = "A shop"
files = ["prices.txt", "app.py", "data/items.py"]
"""

DOUBLE_STUB = '''"""# Twice as much

Write `double(number)`, which gives twice a number, and `half(number)`, which gives half of it. A
paragraph that is so long that it has to be wrapped at eighty columns of a terminal.

| call        | gives |
|-------------|-------|
| `double(2)` | `4`   |
"""


def double(number):
    raise NotImplementedError


def half(number):
    raise NotImplementedError
'''

DOUBLE_REFERENCE = """
def double(number):
    return 2 * number


def half(number):
    return number // 2
"""

HIDDEN_TEST_OF_DOUBLE = '''
from hypothesis import given, settings, strategies as st
from grader.testing import hint, points, scenario


@scenario
def doubled(student, number):
    return student.double(number)


@scenario
def halved(student, number):
    return student.half(number)


@points(2)
@hint("Two times.")
@settings(max_examples=10)
@given(number=st.integers())
def test_double(number):
    """`double` gives twice a number."""
    assert doubled(number) == 2 * number


def test_half():
    """`half` gives half a number."""
    assert halved(6) == 3
'''

FILES = {
    "exercises/catalog.toml": CATALOG,
    "exercises/double.py": DOUBLE_STUB,
    "exercises/triple.py": '"""Write `triple`."""\n',
    "exercises/shop/prices.txt": "1 2 3\n",
    "exercises/shop/app.py": '"""# The shop\n\nWrite a shop.\n"""\n',
    "exercises/shop/data/items.py": "",
    "hidden/test_double.py": HIDDEN_TEST_OF_DOUBLE,
    "hidden/test_triple.py": "def test_triple(:\n",
    "hidden/test_shop.py": "",
    "solutions/double.py": DOUBLE_REFERENCE,
    "solutions/triple.py": "def triple(number):\n    return 3 * number\n",
    "solutions/shop/prices.txt": "",
    "solutions/shop/app.py": "",
    "solutions/shop/data/items.py": "",
}


class Finished(NamedTuple):
    """How a run of `grade` ended, and what it wrote."""

    status: int
    stdout: str
    stderr: str


Invoke = Callable[..., Finished]


@pytest.fixture(autouse=True)
def plain_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder without a bank, at 80 columns, whatever runs the tests."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in (
        "GRADE_BANK",
        "GRADE_SANDBOX",
        "GRADE_GRADEBOOK",
        "FORCE_COLOR",
        "NO_COLOR",
        "TTY_COMPATIBLE",
        "TTY_INTERACTIVE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def cli_invoke(capfd: pytest.CaptureFixture[str]) -> Invoke:
    """Run `grade` in this process; success is expected unless another `status` is given."""

    def invoke(*arguments: str | Path, status: int = 0) -> Finished:
        try:
            ended = run([os.fspath(argument) for argument in arguments])
        except SystemExit as leaving:  # a completion ends the program by itself
            ended = leaving.code if isinstance(leaving.code, int) else 1
        stdout, stderr = capfd.readouterr()
        assert "Traceback" not in stdout + stderr
        assert ended == status, stderr
        return Finished(ended, stdout, stderr)

    return invoke


@pytest.fixture
def small_bank(tmp_path: Path) -> Path:
    """A bank of three exercises: `double` in order, `triple` with a broken hidden test, a folder.

    It is beside the folder that commands run in, so it has to be named to be found.
    """
    root = tmp_path / "bank"
    for name, content in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return root


@dataclass
class FakeGrading:
    """Stands in for the judge: gives the outcomes that were set, and remembers what was asked.

    `outcomes` holds, by a file's name, the outcomes of its tests; a file that is not in it passes.
    `interrupted` is the file at which Ctrl-C is pressed.
    """

    outcomes: dict[str, tuple[Outcome, ...]] = field(default_factory=dict)
    interrupted: str = ""
    plans: list[Plan] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)

    def grade(
        self, submission: Submission, exercise: Exercise, plan: Plan, judges: object = None
    ) -> Result:
        """Return a result, as `grader.judge.grade.grade` does."""
        name = Path(submission.path).name
        if name == self.interrupted:
            raise KeyboardInterrupt
        self.plans.append(plan)
        self.exercises.append(exercise.id)
        outcomes = self.outcomes.get(name, (Outcome.PASSED,))
        tests = tuple(record_of(outcome, number) for number, outcome in enumerate(outcomes, 1))
        return Result(
            exercise.id, exercise.title, submission.path, tests, evidence_of(submission, plan)
        )


def record_of(outcome: Outcome, number: int) -> TestRecord:
    """Return a record in which every part that a level of feedback can hide has a word of its own.

    Only a test that has not passed has them, as in a real result.
    """
    title = f"TITLE {number}"
    if outcome is Outcome.PASSED:
        return TestRecord(f"test_secret_{number}", title, 2, outcome, seconds=0.25)
    ours = outcome.fault is Fault.GRADER
    return TestRecord(
        name=f"test_secret_{number}",
        title=title,
        max_points=2,
        outcome=outcome,
        message="OUR FAULT" if ours else "MESSAGE",
        counterexample=(("number", "COUNTEREXAMPLE"),),
        got="GOT",
        expected="EXPECTED",
        frames=(Frame("double.py", 3, "FUNCTION", "CODE"),),
        hint="HINT",
        seconds=1.25,
    )


def evidence_of(submission: Submission, plan: Plan) -> Evidence:
    """Return the evidence of a grading that has not taken place."""
    return Evidence(
        submission_sha256=submission.sha256,
        stub_sha256="b" * 64,
        tests_sha256="c" * 64,
        worker_sha256="d" * 64,
        sandbox=plan.sandbox.name,
        image="",
        image_digest="",
        seed=plan.seed,
        limits=plan.limits,
        versions={"sandbox_python": "3.13.1"},
    )


@pytest.fixture
def fake_grading(monkeypatch: pytest.MonkeyPatch) -> FakeGrading:
    """Grade with a fake, in the place of a sandbox that works."""
    fake = FakeGrading()

    def settled(choice: SandboxChoice, provide_image: object) -> SandboxChoice:
        return replace(choice, name="bubblewrap") if choice.name == "auto" else choice

    monkeypatch.setattr("grader.judge.grade.grade", fake.grade)
    monkeypatch.setattr("grader.judge.grade.prepared", lambda exercise, plan, judges: plan)
    monkeypatch.setattr("grader.judge.fresh.FreshJudges.prepare", lambda *arguments: None)
    monkeypatch.setattr("grader.cli.sandboxes.settle", settled)
    return fake


@pytest.fixture
def double(plain_surroundings: Path) -> Path:
    """A file that the student has written: `double.py`, which is right."""
    file = plain_surroundings / "double.py"
    file.write_text(DOUBLE_REFERENCE)
    return Path(file.name)
