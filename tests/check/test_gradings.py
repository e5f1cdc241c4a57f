"""Gradings: each is done once, told of, and kept unless it came to nothing."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exercise_files import write_exercise
from made_up import failed, passed, result_of

from grader.bank import Exercise
from grader.cache import Cache
from grader.check.gradings import Candidate, Workshop, that_matters
from grader.judge.fresh import FreshJudges
from grader.judge.grade import Plan
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Result
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

PLAN = Plan(SandboxChoice("none"), Limits(), 0)
SUBMISSION = Submission("small.py", {"small.py": b"x = 1\n"}, "small.py")
RESULT = result_of(passed("test_a"), failed("test_b", 2))
NOT_GRADED = result_of(failed("test_a", outcome=Outcome.JUDGE_BROKE))


class ImmediateExecutor(Executor):
    """Does everything at once, in the thread that asks for it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as every executor does
            future.set_exception(error)
        return future


class FakeGrade:
    """Stands in for the judge: gives one result, and counts how often it was asked."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.times = 0

    def __call__(self, *arguments: Any) -> Result:
        self.times += 1
        return self.result


@pytest.fixture
def fake_grade(monkeypatch: pytest.MonkeyPatch) -> FakeGrade:
    fake = FakeGrade(RESULT)
    monkeypatch.setattr("grader.check.gradings.grade", fake)
    return fake


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    return write_exercise(tmp_path / "bank")


def workshop(folder: Path, on_task: Callable[[int], None] = lambda change: None) -> Workshop:
    return Workshop(ImmediateExecutor(), FreshJudges(), Cache(folder / "cache"), on_task)


def grade_with(shop: Workshop, exercise: Exercise, **changes: Any) -> Result:
    """Have SUBMISSION graded with PLAN, but for the changes."""
    submission = replace(SUBMISSION, files=changes.pop("files", SUBMISSION.files))
    submission = replace(submission, complaint=changes.pop("complaint", ""))
    surroundings = changes.pop("surroundings", {"tests": "a"})
    candidate = Candidate(submission, replace(PLAN, **changes))
    return shop.grade(candidate, exercise, surroundings).result()


def test_the_same_is_graded_once(tmp_path: Path, exercise: Exercise, fake_grade: FakeGrade) -> None:
    shop = workshop(tmp_path)
    assert [grade_with(shop, exercise) for _ in range(2)] == [RESULT, RESULT]
    assert fake_grade.times == 1


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"small.py": b"x = 2\n"}},
        {"complaint": "it is too large"},
        {"surroundings": {"tests": "b"}},
        {"seed": 1},
        {"limits": Limits(test_seconds=3)},
        {"shrink": False},
        {"sandbox": SandboxChoice("bubblewrap")},
        {"sandbox": SandboxChoice("none", forger="True")},
    ],
    ids=str,
)
def test_whatever_decides_about_the_result_has_it_graded_again(
    tmp_path: Path, exercise: Exercise, fake_grade: FakeGrade, change: dict[str, Any]
) -> None:
    shop = workshop(tmp_path)
    grade_with(shop, exercise)
    grade_with(shop, exercise, **change)
    assert fake_grade.times == 2


@pytest.mark.parametrize(
    "change",
    [{"hidden_paths": ("/bank",)}, {"recording": Path("/a")}, {"record_to": Path(__file__)}],
)
def test_where_files_are_decides_nothing(
    tmp_path: Path, exercise: Exercise, fake_grade: FakeGrade, change: dict[str, Any]
) -> None:
    shop = workshop(tmp_path)
    grade_with(shop, exercise)
    grade_with(shop, exercise, **change)
    assert fake_grade.times == 1


def test_what_is_still_to_be_recorded_is_graded_again(
    tmp_path: Path, exercise: Exercise, fake_grade: FakeGrade
) -> None:
    shop = workshop(tmp_path)
    grade_with(shop, exercise)
    grade_with(shop, exercise, record_to=tmp_path / "missing")
    assert fake_grade.times == 2


def test_what_could_not_be_graded_is_tried_again(
    tmp_path: Path, exercise: Exercise, fake_grade: FakeGrade
) -> None:
    fake_grade.result = NOT_GRADED
    shop = workshop(tmp_path)
    assert [grade_with(shop, exercise) for _ in range(2)] == [NOT_GRADED, NOT_GRADED]
    assert fake_grade.times == 2
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("fake_grade")
def test_tasks_are_told_of_when_they_begin_and_when_they_are_done(
    tmp_path: Path, exercise: Exercise
) -> None:
    told: list[int] = []
    shop = workshop(tmp_path, told.append)
    grade_with(shop, exercise)
    assert told == [+1, -1]
    grade_with(shop, exercise)  # known, so there is no task
    assert told == [+1, -1]


def test_work_that_fails_is_told_of_as_done(tmp_path: Path) -> None:
    told: list[int] = []
    future = workshop(tmp_path, told.append).run(lambda: 1 // 0)
    assert isinstance(future.exception(), ZeroDivisionError)
    assert told == [+1, -1]


def test_all_of_a_plan_matters_but_for_where_files_are() -> None:
    assert that_matters(PLAN).keys() == {"sandbox", "limits", "seed", "shrink"}
