"""The judge's own time and memory: what drives at them is found, loses its test, and no other."""

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import messages
from grader.bank import Exercise
from grader.judge import grade as grade_module
from grader.judge import processes
from grader.judge.grade import Plan, grade
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.limits import MIB, JudgeBounds, Limits
from grader.outcomes import Outcome
from grader.results import Result, Verdict
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission
from judge.conftest import WriteExercise

BOUNDS = JudgeBounds(seconds=1.5, memory_bytes=500 * MIB)
LIMITS = Limits(test_seconds=1, submission_seconds=1)

GradeBounded = Callable[..., Result]
"""Takes an exercise, the text of a submission, and perhaps limits."""


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    """Judges that are forked from one process."""
    with PreloadedJudges() as preloaded:
        yield preloaded


@pytest.fixture
def grade_bounded(tmp_path: Path, judges: Judges, monkeypatch: pytest.MonkeyPatch) -> GradeBounded:
    """Grades a text with a judge of little time and memory."""
    # The judges are loaded, so a start takes no time to speak of.
    monkeypatch.setattr(grade_module, "START_SECONDS", 2.0)
    monkeypatch.setattr(processes, "LEAVE_SECONDS", 0.5)

    def run(exercise: Exercise, text: str, limits: Limits = LIMITS) -> Result:
        file = tmp_path / "mine.py"
        file.write_text(text, encoding="utf-8")
        plan = Plan(SandboxChoice("none"), limits, seed=0, bounds=BOUNDS)
        return grade(read_submission(file, exercise), exercise, plan, judges)

    return run


def outcomes_of(result: Result) -> list[Outcome]:
    """Return the outcome of each test in their order."""
    return [test.outcome for test in result.tests]


# Between two honest tests, one whose judging takes what the answers make it take.
AROUND = """
    @points(2)
    def test_before():
        assert ask("before") == 1

{}
    @points(5)
    def test_after():
        assert ask("after") == 1
"""
HONEST = """
def answer(how="", *rest):
    return 1 if how in ("before", "after") else {}
"""


def around(test: str) -> str:
    """Return a file of hidden tests with that one in the middle."""
    return AROUND.format(textwrap.indent(textwrap.dedent(test), "    "))


# By the name of what is driven at: a hidden test, an honest answer, and one that is not.
SLOW = {
    "a regular expression": (
        """
        def test_it():
            import re
            assert re.fullmatch("(a*)*b", ask("text"))
        """,
        "'aaab'",
        "'a' * 500",
    ),
    "a set of numbers with one hash": (
        """
        def test_it():
            for _ in range(10):
                assert len(set(ask("numbers"))) > 1
        """,
        "[1, 2]",
        "[number * (2**61 - 1) for number in range(30_000)]",
    ),
    "arithmetic that no signal ends": (
        """
        def test_it():
            assert 3 ** ask("exponent") == 9
        """,
        "2",
        "10**9",
    ),
}


@pytest.mark.parametrize(("test", "honest", "hostile"), SLOW.values(), ids=SLOW.keys())
def test_an_answer_that_takes_the_judge_all_its_time_costs_its_own_test_only(
    write_exercise: WriteExercise,
    grade_bounded: GradeBounded,
    test: str,
    honest: str,
    hostile: str,
) -> None:
    exercise = write_exercise(around(test), reference=HONEST.format(honest))
    result = grade_bounded(exercise, HONEST.format(hostile))
    assert outcomes_of(result) == [Outcome.PASSED, Outcome.BAD_REPLY, Outcome.PASSED]
    assert result.tests[1].message == messages.too_much_to_judge()
    assert (result.points, result.verdict) == (7, Verdict.NOT_ALL_POINTS)
    assert result.breakdown is None
    assert result.evidence.versions["sandbox_python"]


# By the way in which a hidden test keeps what it is answered.
HOARDS = {
    "in a list": """
        def test_it():
            kept = [ask("text") for _ in range(300)]
            assert len(kept[0]) == 1
    """,
    "over many examples": """
        kept = []

        @settings(max_examples=300)
        @given(st.integers())
        def test_it(number):
            kept.append(ask("text", number))
            assert len(kept) < 1000
    """,
    "as part of something larger": """
        def test_it():
            texts = [ask("text") * 30 for _ in range(30)]
            assert len(texts[0]) == 30
    """,
}


@pytest.mark.parametrize("test", HOARDS.values(), ids=HOARDS.keys())
def test_answers_that_take_the_judge_all_its_memory_cost_their_own_test_only(
    write_exercise: WriteExercise, grade_bounded: GradeBounded, test: str
) -> None:
    exercise = write_exercise(around(test), reference=HONEST.format("'a'"))
    # One wide character, and each of the million takes four bytes.
    hostile = HONEST.format("'\\U0001f600' + 'a' * 1_000_000")
    result = grade_bounded(exercise, hostile, Limits(test_seconds=10, submission_seconds=20))
    assert outcomes_of(result) == [Outcome.PASSED, Outcome.BAD_REPLY, Outcome.PASSED]
    assert result.tests[1].message == messages.too_much_to_judge()
    assert (result.points, result.breakdown) == (7, None)
