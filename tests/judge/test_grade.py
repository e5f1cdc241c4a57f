"""Grading: a result comes out whatever happens, says whose fault it is, and nothing is left."""

import dataclasses
import json
import os
import select
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import grader
from grader import messages
from grader.bank import Exercise
from grader.judge import fresh
from grader.judge import grade as grade_module
from grader.judge.fresh import FreshJudges
from grader.judge.grade import Plan, grade
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.limits import MIB, JudgeBounds, Limits
from grader.outcomes import Fault, Outcome
from grader.results import Result, Verdict, to_json
from grader.sandbox.choice import SandboxChoice
from grader.submission import hash_files, read_submission
from judge.conftest import WriteExercise

SCHEMA = json.loads((Path(grader.__file__).parent / "result.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

END_MILLISECONDS = 5000

GradeText = Callable[..., Result]
"""Takes an exercise and the text of a submission; returns the result."""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what Hypothesis keeps, so that nothing is written into the user's."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, cache: Path, tmp_path: Path) -> Iterator[None]:
    """Give each grading its own folder for temporary files; nothing may be left in it."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    assert list(temporary.iterdir()) == []


def programs_with(text: str) -> list[int]:
    """Return the programs whose environment holds a text and that do not end soon (Linux)."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (process / "environ").read_bytes() and not ends(int(process.name)):
                left.append(int(process.name))
        except OSError:  # it has ended, or is not ours to read
            continue
    return left


def ends(pid: int) -> bool:
    """Wait for a program to end, as a worker does that nobody speaks to any more."""
    descriptor = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(END_MILLISECONDS))
    finally:
        os.close(descriptor)


@pytest.fixture
def judges(request: pytest.FixtureRequest, surroundings: None) -> Iterator[Judges]:
    """Fresh judges, unless a test is marked with `either_way`, or has "preloaded" as parameter."""
    if getattr(request, "param", "fresh") == "fresh":
        yield FreshJudges()
        return
    with PreloadedJudges() as preloaded:
        yield preloaded


either_way = pytest.mark.parametrize("judges", ["fresh", "preloaded"], indirect=True)


@pytest.fixture
def grade_text(tmp_path: Path, judges: Judges) -> GradeText:
    """Grades a text, checks the result against the schema, and that no program is left."""

    def run(exercise: Exercise, text: str | bytes, **changes: Any) -> Result:
        file = tmp_path / "mine.py"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        plan = Plan(SandboxChoice("none"), Limits(test_seconds=5), seed=3)
        plan = dataclasses.replace(plan, **changes)
        result = grade(read_submission(file, exercise), exercise, plan, judges)
        VALIDATOR.validate(json.loads(json.dumps(to_json(result), allow_nan=False)))
        # The judge and everything that it starts inherit this variable or have a folder in it.
        if isinstance(judges, FreshJudges):
            assert programs_with(str(tmp_path / "temporary")) == []
        return result

    return run


def outcomes_of(result: Result) -> dict[str, Outcome]:
    """Return the outcome of each test by its name."""
    return {test.name: test.outcome for test in result.tests}


RIGHT = "def answer(*arguments): return 1\n"

MIXED = '''
@points(2)
@given(st.integers())
def test_small_numbers(number):
    """It answers."""
    assert ask(number) == 1

@hint("Think of none.")
def test_nothing():
    """It answers nothing, too."""
    assert ask() == 1

@points(3)
def test_two():
    with raises(ValueError):
        ask(1, 2)
'''
MIXED_REFERENCE = """
def answer(*arguments):
    if len(arguments) > 1:
        raise ValueError("too many")
    return 1
"""


# Theirs.


def test_a_right_submission_gets_all_points(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    result = grade_text(write_exercise(MIXED, reference=MIXED_REFERENCE), MIXED_REFERENCE)
    assert (result.points, result.max_points, result.verdict) == (6, 6, Verdict.ALL_POINTS)
    assert (result.exercise, result.title) == ("small", "A small exercise")
    assert result.breakdown is None


@either_way
def test_a_wrong_one_loses_the_points_of_the_tests_that_it_fails(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    text = "def answer(*arguments): return 0 if arguments and arguments[0] > 99 else 1\n"
    result = grade_text(write_exercise(MIXED, reference=MIXED_REFERENCE), text)
    assert outcomes_of(result) == {
        "test_small_numbers": Outcome.FAILED,
        "test_nothing": Outcome.PASSED,
        "test_two": Outcome.FAILED,
    }
    assert (result.points, result.verdict) == (1, Verdict.NOT_ALL_POINTS)
    first, _, last = result.tests
    assert first.counterexample == (("number", "100"),)
    assert (first.got, first.expected) == ("0", "1")
    assert last.message == "Your code raised nothing, where ValueError was expected."


# Each function does its worst; a test that does not use it keeps its points.
HOSTILE = """
import os, sys, threading

def answer(how="", *rest):
    if how == "hang":
        while True: pass
    if how == "exit":
        os._exit(0)
    if how == "sys.exit":
        sys.exit(0)
    if how == "print":
        while True: print("x" * 1000)
    if how == "allocate":
        return len(bytearray(4 * 1024 ** 3))
    if how == "huge":
        return "x" * 3_000_000
    if how == "raise":
        return [][0]
    if how == "late":
        threading.Timer(0, os._exit, [0]).start()
    return 1
"""
HOSTILE_TESTS = """
@pytest.mark.parametrize(
    "how", ["hang", "exit", "sys.exit", "print", "allocate", "huge", "raise", "late", "behave"]
)
def test_it(how):
    assert ask(how) == 1
"""


@pytest.mark.parametrize("sandbox", ["none", "bubblewrap"])
def test_each_way_to_misbehave_costs_its_own_test_only(
    write_exercise: WriteExercise,
    grade_text: GradeText,
    sandbox: str,
    request: pytest.FixtureRequest,
) -> None:
    if sandbox != "none":
        request.getfixturevalue(sandbox)
    exercise = write_exercise(HOSTILE_TESTS)
    limits = Limits(test_seconds=1, memory_bytes=256 * MIB)
    result = grade_text(exercise, HOSTILE, sandbox=SandboxChoice(sandbox), limits=limits)
    found = outcomes_of(result)
    # Whether the answer or the end comes first is up to the kernel; the next test shall not care.
    assert found.pop("test_it[late]") in (Outcome.PASSED, Outcome.CRASHED)
    assert found == {
        "test_it[hang]": Outcome.TIMED_OUT,
        "test_it[exit]": Outcome.CRASHED,
        "test_it[sys.exit]": Outcome.RAISED,
        "test_it[print]": Outcome.TOO_MUCH_OUTPUT,
        "test_it[allocate]": Outcome.OUT_OF_MEMORY,
        "test_it[huge]": Outcome.TOO_MUCH_OUTPUT,
        "test_it[raise]": Outcome.RAISED,
        "test_it[behave]": Outcome.PASSED,
    }
    assert result.verdict is Verdict.NOT_ALL_POINTS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def answer(:\n", "Your file cannot be read as Python: invalid syntax in line 1."),
        ("raise SystemExit\n", "Your file calls sys.exit()"),
        ("1 / 0\n", "Importing your file raised ZeroDivisionError: division by zero."),
        (b"x = '\xff'\n", "Your file is not UTF-8 text (line 1)"),
        ("", "Your file has no `answer`."),
    ],
    ids=["syntax error", "exit", "exception", "no text", "empty"],
)
def test_a_submission_that_does_not_load_gets_no_points_and_the_reason(
    write_exercise: WriteExercise, grade_text: GradeText, text: str | bytes, message: str
) -> None:
    result = grade_text(write_exercise("def test_it():\n    assert ask() == 1\n"), text)
    assert outcomes_of(result) == {"test_it": Outcome.DOES_NOT_LOAD}
    assert result.tests[0].message.startswith(message)
    assert (result.points, result.verdict) == (0, Verdict.NOT_ALL_POINTS)


# Ours, or theirs: the reference decides.


def test_a_test_that_breaks_on_the_reference_too_is_broken_and_costs_no_points(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise("""
        def test_broken():
            assert ask() == expected

        def test_sound():
            assert ask() == 1
    """)
    result = grade_text(exercise, RIGHT)
    assert outcomes_of(result) == {
        "test_broken": Outcome.TEST_BROKEN,
        "test_sound": Outcome.PASSED,
    }
    assert result.verdict is Verdict.NOT_GRADED
    assert result.tests[0].message == (
        "the hidden test raised NameError: name 'expected' is not defined"
    )


def test_a_test_that_only_this_submissions_answer_breaks_has_failed(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise(
        """
        @points(2)
        def test_index():
            assert ask()[0] == 1

        @given(st.integers())
        def test_arguments(number):
            nested = [ask(number)[0]]
            assert ask(nested) == [1]

        @pytest.mark.skip
        def test_skipped():
            pass
        """,
        reference="def answer(*arguments): return [1]\n",
    )
    text = "def answer(*arguments): return []\n"
    result = grade_text(exercise, text)
    assert outcomes_of(result) == {
        "test_index": Outcome.FAILED,
        "test_arguments": Outcome.FAILED,
        "test_skipped": Outcome.TEST_BROKEN,
    }
    assert result.tests[0].message == messages.unusable("IndexError: list index out of range")
    assert result.tests[0].points == 0


def test_an_answer_too_deep_to_be_asked_about_is_the_submissions_fault(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise("def test_it():\n    assert ask(ask()) == 1\n")
    text = """
def answer(*arguments):
    value = []
    for _ in range(97):
        value = [value]
    return value
"""
    assert outcomes_of(grade_text(exercise, text)) == {"test_it": Outcome.FAILED}


# Ours.


@pytest.mark.parametrize(
    ("tests", "outcome", "sentence"),
    [
        ("def test_it(:\n", Outcome.TEST_BROKEN, "hidden/test_small.py cannot be used: the hidden"),
        ("", Outcome.NOT_COLLECTED, "hidden/test_small.py has no test; name its functions test_"),
    ],
    ids=["syntax error", "no test"],
)
def test_a_hidden_test_that_cannot_be_used_is_our_fault(
    write_exercise: WriteExercise,
    grade_text: GradeText,
    tests: str,
    outcome: Outcome,
    sentence: str,
) -> None:
    result = grade_text(write_exercise(tests), RIGHT)
    assert result.breakdown is not None
    assert result.breakdown.outcome is outcome
    assert result.breakdown.message.startswith(sentence)
    assert (result.tests, result.verdict) == ((), Verdict.NOT_GRADED)


def test_a_sandbox_that_there_is_not_is_our_fault(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise("def test_it(): pass")
    result = grade_text(exercise, RIGHT, sandbox=SandboxChoice("cellar"))
    assert result.breakdown is not None
    assert result.breakdown.outcome is Outcome.SANDBOX_FAILED
    assert "no sandbox 'cellar'" in result.breakdown.message
    assert result.evidence.sandbox == "cellar"


ENDLESS = {
    "obedient": "while True: pass",
    "stubborn": "\n        ".join(
        ["while True:", "    try:", "        while True: pass", "    except BaseException: pass"]
    ),
}


@either_way
@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_hidden_test_that_never_ends_is_ended_and_is_our_fault(
    write_exercise: WriteExercise,
    grade_text: GradeText,
    monkeypatch: pytest.MonkeyPatch,
    loop: str,
) -> None:
    exercise = write_exercise(f"""
        def test_one():
            assert ask() == 1

        def test_endless():
            ask()
            {loop.replace(chr(10), chr(10) + "    ")}

        def test_three():
            assert ask() == 1
    """)
    monkeypatch.setattr(grade_module, "START_SECONDS", 2.0)
    monkeypatch.setattr(fresh, "LEAVE_SECONDS", 0.5)
    limits, bounds = Limits(submission_seconds=1), JudgeBounds(seconds=1)
    result = grade_text(exercise, RIGHT, limits=limits, bounds=bounds)
    assert outcomes_of(result) == {
        "test_one": Outcome.PASSED,
        "test_endless": Outcome.JUDGE_BROKE,
        "test_three": Outcome.JUDGE_BROKE,
    }
    assert result.breakdown is not None
    assert result.breakdown.outcome is Outcome.JUDGE_LIMIT
    assert result.breakdown.message == (
        "the hidden tests themselves took more than 1 s; make them draw fewer or smaller examples"
    )
    assert result.verdict is Verdict.NOT_GRADED


@either_way
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "os._exit(1)"])
def test_a_judge_that_dies_leaves_a_result_in_which_every_test_is_accounted_for(
    write_exercise: WriteExercise, grade_text: GradeText, end: str
) -> None:
    exercise = write_exercise(f"""
        import os

        def test_one():
            assert ask() == 1

        def test_two():
            {end}

        def test_three():
            assert ask() == 1
    """)
    result = grade_text(exercise, RIGHT)
    assert outcomes_of(result) == {
        "test_one": Outcome.PASSED,
        "test_two": Outcome.JUDGE_BROKE,
        "test_three": Outcome.JUDGE_BROKE,
    }
    assert result.breakdown is not None
    assert result.breakdown.outcome is Outcome.JUDGE_BROKE
    assert result.breakdown.outcome.fault is Fault.GRADER
    assert result.breakdown.message == (
        "the judge ended before it had judged everything (no message); please report this"
    )
    assert result.tests[1].message == messages.not_judged()
    assert result.verdict is Verdict.NOT_GRADED


def test_the_last_line_of_a_judge_that_broke_is_quoted_harmlessly(
    write_exercise: WriteExercise, grade_text: GradeText, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import os; os.write(2, b'first\\nno \\x1b[31mluck\\n\\n')"
    monkeypatch.setattr(fresh, "judge_command", lambda: [sys.executable, "-c", program])
    result = grade_text(write_exercise("def test_it(): pass"), RIGHT)
    assert result.breakdown is not None
    assert result.breakdown.message == (
        r"the judge ended before it had judged everything (no \x1b[31mluck); please report this"
    )


# Evidence.


def without_seconds(result: Result) -> dict[str, Any]:
    """Return a result as data, without the time that each test took."""
    data = to_json(result)
    for test in data["tests"]:
        del test["seconds"]
    return data


def test_two_gradings_with_one_seed_give_the_same_result_but_for_the_time(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise("""
        @given(st.sets(st.text(max_size=3)), st.integers())
        def test_it(words, number):
            assert ask(words, number) == 1

        @given(st.integers())
        def test_random(number):
            assert ask(number) < 0.75
    """)
    text = """
import random
def answer(words, number=0):
    if type(words) is int:
        return random.random()
    return 1 if number < 1234 else list(words | {"a", "b", "c"})
"""
    first, second = (grade_text(exercise, text) for _ in range(2))
    assert outcomes_of(first)["test_it"] is Outcome.FAILED
    assert without_seconds(first) == without_seconds(second)


def test_the_evidence_names_what_was_judged_how_and_with_what(
    write_exercise: WriteExercise, grade_text: GradeText
) -> None:
    exercise = write_exercise("def test_it():\n    assert ask() == 1\n")
    limits = Limits(test_seconds=4, cpus=0.5)
    evidence = grade_text(exercise, RIGHT, limits=limits, seed=11).evidence
    assert evidence.submission_sha256 == hash_files({"small.py": RIGHT.encode()})
    tests = {"test_small.py": exercise.hidden_test.read_bytes()}
    assert evidence.tests_sha256 == hash_files(tests)
    assert evidence.stub_sha256 == hash_files({"small.py": exercise.stub.read_bytes()})
    assert (evidence.sandbox, evidence.image, evidence.image_digest) == ("none", "", "")
    assert (evidence.seed, evidence.limits) == (11, limits)
    assert set(evidence.versions) == {
        *("grader", "python", "pytest", "hypothesis", "sandbox_python")
    }


# Nothing around it has any influence, and nothing is left.


def test_neither_the_users_environment_nor_files_beside_the_tests_have_any_influence(
    write_exercise: WriteExercise, grade_text: GradeText, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = write_exercise("""
        import os

        @given(st.integers())
        def test_it(number):
            assert ask(number) == 1
            assert not [name for name in os.environ if name.startswith("PYTEST_ADD")]
    """)
    plain = grade_text(exercise, RIGHT)
    folder = exercise.hidden_test.parent
    (folder / "conftest.py").write_text("raise SystemExit('conftest was read')\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (folder / "pytest.py").write_text("raise SystemExit('pytest.py was imported')\n")
    (folder / "sitecustomize.py").write_text("raise SystemExit('sitecustomize was imported')\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --collect-only")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    monkeypatch.setenv("HYPOTHESIS_PROFILE", "no_such_profile")
    assert without_seconds(grade_text(exercise, RIGHT)) == without_seconds(plain)
    assert plain.verdict is Verdict.ALL_POINTS


def files_below(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder, by its name."""
    paths = sorted(folder.rglob("*"))
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in paths}


def test_nothing_is_written_into_the_bank(
    write_exercise: WriteExercise, grade_text: GradeText, tmp_path: Path
) -> None:
    exercise = write_exercise("""
        @given(st.text())
        def test_it(text):
            assert ask(text) == 1

        def test_broken():
            nothing
    """)
    before = files_below(tmp_path / "bank")
    grade_text(exercise, "def answer(*arguments): return 2\n")
    assert files_below(tmp_path / "bank") == before
