"""`pytest hidden/test_NAME.py`: runs the reference, or another file, and leaves all else alone."""

from pathlib import Path

import hypothesis
import pytest

from grader.bank import Exercise
from grader.testing import AuthoringError
from judge.conftest import WriteExercise

pytest_plugins = ["pytester"]

TESTS = """
def test_answer():
    assert ask() == 1

@given(st.integers())
def test_answer_to_any_number(number):
    assert ask(number) == 1
"""


@pytest.fixture
def exercise(write_exercise: WriteExercise, untouched_state: None) -> Exercise:
    return write_exercise(TESTS)


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch, untouched_state: None) -> None:
    """Load the plugins of installed packages, ours among them, as for any user of pytest."""
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "mine.py"
    file.write_text("def answer(*arguments): return len(arguments) + 1\n", encoding="utf-8")
    return file


def test_the_reference_is_run_by_default(pytester: pytest.Pytester, exercise: Exercise) -> None:
    pytester.runpytest_inprocess(str(exercise.hidden_test)).assert_outcomes(passed=2)


def test_another_file_is_run_when_it_is_named(
    pytester: pytest.Pytester, exercise: Exercise, wrong: Path
) -> None:
    result = pytester.runpytest_inprocess(str(exercise.hidden_test), f"--submission={wrong}")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*test_answer_to_any_number*"])


def test_one_test_of_the_file_can_be_named(
    pytester: pytest.Pytester, exercise: Exercise, wrong: Path
) -> None:
    test = f"{exercise.hidden_test}::test_answer"
    pytester.runpytest_inprocess(test, f"--submission={wrong}").assert_outcomes(passed=1)


def test_the_sandbox_can_be_chosen(
    pytester: pytest.Pytester, exercise: Exercise, wrong: Path, bubblewrap: str
) -> None:
    result = pytester.runpytest_inprocess(
        str(exercise.hidden_test), f"--sandbox={bubblewrap}", f"--submission={wrong}"
    )
    result.assert_outcomes(passed=1, failed=1)


def test_a_submission_that_is_not_there_is_an_error_of_usage_in_one_line(
    pytester: pytest.Pytester, exercise: Exercise
) -> None:
    result = pytester.runpytest_inprocess(str(exercise.hidden_test), "--submission=gone.py")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    lines = [line for line in result.stderr.lines if line]
    assert lines == ["ERROR: gone.py cannot be read: No such file or directory"]


def test_a_catalogue_with_a_mistake_is_an_error_of_usage(
    pytester: pytest.Pytester, exercise: Exercise
) -> None:
    catalog = exercise.stub.parent / "catalog.toml"
    catalog.write_text("[[section]]\nid = 1\n", encoding="utf-8")
    result = pytester.runpytest_inprocess(str(exercise.hidden_test))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *catalog.toml has * problem*"])


def test_a_run_of_other_tests_is_not_touched(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys
        from hypothesis import given, settings, strategies as st

        @given(st.integers())
        def test_settings_are_the_projects_own(number):
            assert settings.default.deadline is not None
            assert settings.get_current_profile_name() != "grader"

        def test_nothing_of_the_judge_is_registered(request):
            plugins = request.config.pluginmanager.get_plugins()
            assert not [p for p in plugins if type(p).__name__ == "HiddenTests"]
            assert not request.config.getini("markers")[-1].startswith("hint(text)")
    """)
    hypothesis.settings.load_profile("default")
    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_a_folder_hidden_that_belongs_to_no_bank_is_not_touched(
    pytester: pytest.Pytester,
) -> None:
    folder = pytester.mkdir("hidden")
    file = folder / "test_small.py"
    file.write_text("def test_it(): pass\n", encoding="utf-8")
    pytester.runpytest_inprocess(str(file)).assert_outcomes(passed=1)


def test_a_file_beside_hidden_tests_that_no_exercise_has_is_an_ordinary_one(
    pytester: pytest.Pytester, exercise: Exercise
) -> None:
    file = exercise.hidden_test.with_name("test_unlisted.py")
    file.write_text("def test_it(): pass\n", encoding="utf-8")
    result = pytester.runpytest_inprocess(str(file), "--submission=gone.py")
    result.assert_outcomes(passed=1)


# What an author got wrong is said in one sentence, with file and scenario.

MISTAKES = {
    "a global": (
        "LIMIT = 3\n\n@scenario\ndef act(student):\n    return student.answer(LIMIT)\n",
        "scenario 'act' in {file}: it uses LIMIT from outside, which the sandbox does not have; "
        "import or define it inside the scenario, or pass it as an argument",
    ),
    "a closure": (
        "def make(limit):\n    @scenario\n    def act(student):\n        return limit\n\nmake(3)\n",
        "scenario 'act' in {file}: it uses limit from outside, which the sandbox does not have; "
        "import or define it inside the scenario, or pass it as an argument",
    ),
    "a parameter by keyword only": (
        "@scenario\ndef act(student, *, count):\n    return student.answer(count)\n",
        "scenario 'act' in {file}: parameter 'count' can be given by keyword only; "
        "arguments travel by position",
    ),
    "no parameter": (
        "@scenario\ndef act():\n    return 1\n",
        "scenario 'act' in {file}: its first parameter is the student's module",
    ),
    "points that are no number": (
        "@points('x')\ndef test_it():\n    pass\n",
        "points takes a whole number above 0, not 'x'",
    ),
    "a scenario called at import": (
        "answer = ask()\n",
        "a scenario was called outside a hidden test; call it from a test function in "
        "hidden/test_NAME.py of a bank, not at import",
    ),
}


@pytest.mark.parametrize(("tests", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_an_authors_mistake_is_said_in_one_sentence(
    pytester: pytest.Pytester, write_exercise: WriteExercise, tests: str, sentence: str
) -> None:
    file = write_exercise(tests).hidden_test
    result = pytester.runpytest_inprocess(str(file))
    assert result.ret == pytest.ExitCode.INTERRUPTED
    line = f"E   {AuthoringError.__module__}.AuthoringError: {sentence.format(file=file)}"
    assert line in result.stdout.lines
