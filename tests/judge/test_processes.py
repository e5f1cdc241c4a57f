"""Judges' processes: preloaded ones judge as fresh ones do, share nothing, and are always ended."""

import dataclasses
import os
import select
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from grader.bank import Exercise
from grader.errors import GraderError
from grader.judge.fresh import FreshJudges
from grader.judge.grade import Plan, grade, judge_environment, prepared
from grader.judge.hidden_tests import Collection, is_bare
from grader.judge.job import job_to_json
from grader.judge.judge import run_pytest
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.process import Setting, end_program, start_program
from grader.results import Result
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission
from judge.conftest import WriteExercise, job_for

PATIENCE_SECONDS = 30.0

TESTS = """
@given(st.lists(st.text(), min_size=1))
def test_texts(texts):
    assert ask(*texts) == 1

@given(st.sets(st.text()))
def test_sets(texts):
    assert ask(repr(texts)) == 1
"""


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep what Hypothesis stores out of the user's folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def preloaded() -> Iterator[PreloadedJudges]:
    """Judges that are forked."""
    with PreloadedJudges() as judges:
        yield judges


@pytest.fixture
def errors() -> Iterator[IO[bytes]]:
    """A file for a judge's standard error."""
    with tempfile.TemporaryFile() as file:
        yield file


def grade_reference(exercise: Exercise, judges: Judges, seed: int = 0) -> Result:
    plan = Plan(SandboxChoice("none"), Limits(), seed)
    return grade(read_submission(exercise.reference, exercise), exercise, plan, judges)


def without_times(result: Result) -> Result:
    tests = tuple(dataclasses.replace(test, seconds=0.0) for test in result.tests)
    return dataclasses.replace(result, tests=tests)


def server_ids(cache_folder: Path) -> list[int]:
    """Return the preloaded processes and their judges, by their environment (Linux)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            variables = (process / "environ").read_bytes()
        except OSError:
            continue
        if b"grader.judge.server" in command and str(cache_folder).encode() in variables:
            found.append(int(process.name))
    return sorted(found)


def wait_until_gone(pid: int) -> bool:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(PATIENCE_SECONDS * 1000))


@pytest.mark.parametrize("reference", ["return 1", "return len(arguments[0])"])
def test_a_forked_judge_finds_what_a_fresh_one_finds(
    write_exercise: WriteExercise, preloaded: PreloadedJudges, reference: str
) -> None:
    exercise = write_exercise(TESTS, reference=f"def answer(*arguments): {reference}\n")
    fresh = without_times(grade_reference(exercise, FreshJudges(), seed=5))
    assert fresh.tests
    for _ in range(2):
        assert without_times(grade_reference(exercise, preloaded, seed=5)) == fresh


def test_each_seed_has_its_own_order_of_sets(
    write_exercise: WriteExercise, preloaded: PreloadedJudges
) -> None:
    exercise = write_exercise("""
        def test_it():
            assert ask() == repr({"one", "two", "three", "four", "five", "six"})
    """)
    for seed in (1, 2):
        fresh = grade_reference(exercise, FreshJudges(), seed)
        forked = grade_reference(exercise, preloaded, seed)
        assert forked.tests[0].expected == fresh.tests[0].expected != ""


def test_nothing_leaks_from_one_job_to_the_next(
    write_exercise: WriteExercise, preloaded: PreloadedJudges
) -> None:
    exercise = write_exercise("""
        import builtins, os, sys

        def test_it():
            seen = [hasattr(builtins, "leak"), "LEAK" in os.environ, "leak" in sys.modules]
            builtins.leak = os.environ["LEAK"] = sys.modules["leak"] = "here"
            os.chdir("/")
            assert ask() == 1 and seen == [False, False, False]
    """)
    for _ in range(2):
        assert grade_reference(exercise, preloaded).tests[0].outcome is Outcome.PASSED


def test_several_threads_get_a_judge_each(
    write_exercise: WriteExercise, preloaded: PreloadedJudges
) -> None:
    exercise = write_exercise(TESTS)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda n: grade_reference(exercise, preloaded), range(4)))
    assert [result.points for result in results] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "killed",
    [lambda ids: ids, lambda ids: ids[:1], lambda ids: ids[1:]],
    ids=["both", "the first", "the host"],
)
def test_preloaded_processes_that_were_killed_are_replaced(
    write_exercise: WriteExercise,
    preloaded: PreloadedJudges,
    tmp_path: Path,
    killed: Callable[[list[int]], list[int]],
) -> None:
    exercise = write_exercise(TESTS)
    assert grade_reference(exercise, preloaded).points == 2
    for pid in killed(server_ids(tmp_path / "cache")):
        os.kill(pid, signal.SIGKILL)
        assert wait_until_gone(pid)
    assert grade_reference(exercise, preloaded).points == 2


def test_the_end_of_the_block_ends_a_judge_that_is_at_work(
    write_exercise: WriteExercise, errors: IO[bytes], tmp_path: Path
) -> None:
    exercise = write_exercise("""
        import time

        def test_it():
            time.sleep(1000)
    """)
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    with PreloadedJudges() as judges:
        judging = judges.start(job_for(exercise), environment, errors)
        assert b"test_it" in judging.read(PATIENCE_SECONDS)  # it has been collected
        ids = server_ids(tmp_path / "cache")
        assert len(ids) == 3  # it, the one that it was forked from, and the first of all
    assert all(map(wait_until_gone, ids))
    while judging.read(PATIENCE_SECONDS):
        pass
    judging.close()


def test_after_the_end_of_the_block_no_judge_is_started(
    write_exercise: WriteExercise, tmp_path: Path
) -> None:
    exercise = write_exercise(TESTS)
    with PreloadedJudges() as judges:
        pass
    with pytest.raises(GraderError, match="nothing more is graded"):
        grade_reference(exercise, judges)
    assert server_ids(tmp_path / "cache") == []


OWNER = """
import os, sys, tempfile
from grader.judge.job import job_from_json
from grader.judge.processes import PreloadedJudges
judges = PreloadedJudges()
with tempfile.TemporaryFile() as errors:
    job = job_from_json(sys.stdin.buffer.read())
    judging = judges.start(job, dict(os.environ), errors)
    assert b"test_it" in judging.read(30)
    print("at work", flush=True)
    judging.read(1000)
"""


def test_judges_end_when_the_program_that_wanted_them_is_killed(
    write_exercise: WriteExercise, tmp_path: Path
) -> None:
    exercise = write_exercise("""
        import time

        def test_it():
            time.sleep(1000)
    """)
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    owner = start_program([sys.executable, "-c", OWNER], Setting(env=environment))
    assert owner.stdin is not None
    assert owner.stdout is not None
    with owner.stdin as stream:
        stream.write(job_to_json(job_for(exercise)))
    assert owner.stdout.readline() == b"at work\n"
    ids = server_ids(tmp_path / "cache")
    assert len(ids) == 3
    owner.kill()
    end_program(owner, PATIENCE_SECONDS)
    assert all(map(wait_until_gone, ids))


# A judge that was started before there was a job


def test_a_judge_that_was_prepared_is_the_one_that_judges(write_exercise: WriteExercise) -> None:
    exercise = write_exercise(TESTS)
    fresh = without_times(grade_reference(exercise, FreshJudges()))
    with FreshJudges() as judges:
        judges.prepare(judge_environment(0))
        assert judges._prepared is not None
        assert without_times(grade_reference(exercise, judges)) == fresh
        assert judges._prepared is None
        assert without_times(grade_reference(exercise, judges)) == fresh


def test_a_judge_that_was_prepared_for_another_seed_is_not_used(
    write_exercise: WriteExercise,
) -> None:
    with FreshJudges() as judges:
        judges.prepare(judge_environment(1))
        assert grade_reference(write_exercise(TESTS), judges, seed=2).tests
        assert judges._prepared is not None
        process = judges._prepared[0]
    assert process.returncode is not None


def test_what_a_judge_that_was_prepared_says_last_is_told(write_exercise: WriteExercise) -> None:
    exercise = write_exercise("""
        import os

        def test_it():
            os.write(2, b"the last word")
            os._exit(0)
    """)
    with FreshJudges() as judges:
        judges.prepare(judge_environment(0))
        result = grade_reference(exercise, judges)
    assert result.breakdown is not None or result.tests[0].outcome is not Outcome.PASSED


# Tests that pytest would do nothing for but call them


@pytest.mark.parametrize(
    ("tests", "is_plain"),
    [
        ("@points(2)\n@hint('x')\n@given(st.integers())\ndef test_it(number): pass", True),
        ("def test_it(tmp_path): pass", False),
        ("def setup_module(): pass\ndef test_it(): pass", False),
        ("@pytest.mark.skip\ndef test_it(): pass", False),
        ("@pytest.mark.parametrize('number', [1])\ndef test_it(number): pass", False),
        ("class TestAll:\n    def test_it(self): pass", False),
        ("@pytest.fixture(autouse=True)\ndef always(): pass\ndef test_it(): pass", False),
    ],
)
def test_a_test_with_anything_of_pytests_own_is_run_by_pytest(
    tests: str, is_plain: bool, write_exercise: WriteExercise, untouched_state: None
) -> None:
    exercise = write_exercise(tests)

    class Look:
        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            self.found = list(map(is_bare, session.items))
            return True

    look = Look()
    run_pytest(job_for(exercise), [look, Collection(exercise, shrink=True)])
    assert look.found == [is_plain]


def test_tests_that_pass_at_once_and_those_that_do_not_come_to_the_same_as_one_by_one(
    write_exercise: WriteExercise, preloaded: PreloadedJudges, tmp_path: Path
) -> None:
    exercise = write_exercise(
        """
        @points(3)
        def test_first():
            "Says one."
            assert ask() == 1

        def test_second():
            assert ask(2) == 2

        @given(st.integers())
        def test_third(number):
            assert ask(number) == number
        """,
        reference="def answer(number=1): return number\n",
    )
    plan = Plan(SandboxChoice("none"), Limits(), 0)
    recorded = prepared(exercise, plan, preloaded)
    assert recorded.recording is not None
    submission = exercise.reference.with_name("wrong.py")
    submission.write_text("def answer(number=1): return min(number, 1)\n")
    for path in (exercise.reference, submission):
        handed_in = read_submission(path, exercise)
        one_by_one = without_times(grade(handed_in, exercise, plan, FreshJudges()))
        for judges in (FreshJudges(), preloaded):
            assert without_times(grade(handed_in, exercise, recorded, judges)) == one_by_one
