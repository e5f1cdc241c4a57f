"""The benchmark's tests in both forms: the bank's and plain pytest's are the same tests."""

import ast
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from benchmarks.classroom import (
    BANK,
    EXERCISE,
    PLAIN_TESTS,
    TESTS,
    failing_tests,
    hanging_files,
    right_files,
    wrong_files,
)
from grader.catalogue import read_bank
from grader.judge.grade import Plan, grade
from grader.judge.hidden_tests import load_hypothesis_profile
from grader.judge.processes import PreloadedJudges
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission

ALL_FILES = (*right_files(), *wrong_files(), *hanging_files())
HIDDEN_TESTS = BANK / f"hidden/test_{EXERCISE}.py"
LIMITS = Limits(test_seconds=2)

Passed = dict[str, bool]
"""By the name of a test, whether it passed."""


@pytest.fixture(scope="module")
def in_the_bank(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Passed]:
    """What passes of the bank's form, by submission; the examples are drawn once."""
    exercise = read_bank(BANK).find(EXERCISE)
    recording = tmp_path_factory.mktemp("recording") / "sequences.json"
    plan = Plan(SandboxChoice("none"), LIMITS, seed=0, shrink=False, recording=recording)

    def passed_of(file: Path, plan: Plan, judges: PreloadedJudges) -> Passed:
        result = grade(read_submission(file, exercise), exercise, plan, judges)
        return {test.name: test.outcome is Outcome.PASSED for test in result.tests}

    with PreloadedJudges() as judges, ThreadPoolExecutor(2) as pool:
        passed_of(exercise.reference, replace(plan, recording=None, record_to=recording), judges)
        graded = pool.map(lambda file: passed_of(file, plan, judges), ALL_FILES)
        return dict(zip(ALL_FILES, graded, strict=True))


@pytest.fixture(scope="module")
def in_plain_form() -> dict[Path, Passed]:
    """What passes of the plain form, by submission."""
    script = Path(__file__).with_name("run_plain_tests.py")
    files = [str(file) for file in ALL_FILES]
    command = [sys.executable, str(script), str(PLAIN_TESTS), *files]
    finished = subprocess.run(command, check=True, capture_output=True)
    return {Path(file): passed for file, passed in json.loads(finished.stdout).items()}


def as_labelled(file: Path) -> Passed:
    """Return what must pass by the first line of a submission."""
    fails = failing_tests(file.read_text(encoding="utf-8"))
    return {test: test not in fails for test in TESTS}


@pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: file.stem)
def test_both_forms_give_a_submission_the_same_outcomes(
    file: Path, in_the_bank: dict[Path, Passed], in_plain_form: dict[Path, Passed]
) -> None:
    assert in_the_bank[file] == as_labelled(file)
    assert in_plain_form[file] == as_labelled(file)


def strategies_of(file: Path) -> list[str]:
    """Return the source of what is drawn: the file's values and its tests' arguments."""
    found = []
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.FunctionDef) and node.name in TESTS:
            drawn = [text for text in map(ast.unparse, node.decorator_list) if "given(" in text]
            found.append(f"{node.name}: {drawn}")
    return found


def assertions_of(file: Path, renamed: dict[str, str]) -> list[str]:
    """Return the source of the tests' bodies, with some names replaced."""
    bodies = []
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name in TESTS[:-1]:
            text = "\n".join(map(ast.unparse, node.body))
            for old, new in renamed.items():
                text = text.replace(f"{old}(", f"{new}(")
            bodies.append(text)
    return bodies


def test_both_forms_draw_from_the_same_strategies() -> None:
    plain = strategies_of(PLAIN_TESTS)
    assert plain == strategies_of(HIDDEN_TESTS)
    assert sum("given(" in line for line in plain) == 5


def test_both_forms_assert_the_same_of_what_is_drawn() -> None:
    scenarios = {
        "runs_of": "sequences.runs",
        "chunks_of": "sequences.chunks",
        "rotated": "sequences.rotate",
        "merged_intervals": "sequences.merged",
        "digits_of": "sequences.digits",
    }
    assert assertions_of(HIDDEN_TESTS, scenarios) == assertions_of(PLAIN_TESTS, {})


def test_the_plain_form_has_the_settings_of_the_judge() -> None:
    # In a process of its own: both load a profile.
    script = f"""
import runpy, sys, types
sys.modules["sequences"] = types.ModuleType("sequences")
runpy.run_path({str(PLAIN_TESTS)!r})
import hypothesis
print(hypothesis.settings.default)
"""
    finished = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    before = hypothesis.settings.get_current_profile_name()
    try:
        load_hypothesis_profile(shrink=True)
        judges = str(hypothesis.settings.default)
    finally:
        hypothesis.settings.load_profile(before)
    assert finished.stdout.decode().strip() == judges
