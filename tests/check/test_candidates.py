"""What is graded to check an exercise: which submissions, with which plans, for how long."""

from pathlib import Path

import pytest
from exercise_files import REFERENCE, STUB, write_exercise
from made_up import mutant, passed, result_of

from grader.check.candidates import (
    ALL_SLOWER_THAN_REFERENCE,
    EMPTY,
    FIRST_ARGUMENT,
    HANGS_WAITED_FOR,
    LEAST_SECONDS,
    SEEDS,
    SLOWER_THAN_REFERENCE,
    forgers_of,
    hollow_of,
    mutants_to_grade,
    mutated_of,
    mutators,
    reference_of,
    right_of,
    shortened,
    wrong_of,
)
from grader.check.candidates import (
    STUB as STUB_NAME,
)
from grader.errors import BankError, GraderError
from grader.judge.grade import Plan
from grader.limits import Limits
from grader.results import Result
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.forger import FORGERS, PREVIOUS_ANSWER

PLAN = Plan(SandboxChoice("bubblewrap"), Limits(), 0, ("/bank",), record_to=Path("/examples"))


# The reference.


def test_the_reference_is_graded_with_each_seed_and_recorded_with_the_first(tmp_path: Path) -> None:
    candidates = reference_of(write_exercise(tmp_path), PLAN)
    assert tuple(candidates) == SEEDS
    for seed, candidate in candidates.items():
        assert candidate.submission.files == {"small.py": REFERENCE.encode()}
        assert candidate.plan.seed == seed
        assert (candidate.plan.record_to is not None) is (seed == SEEDS[0])


# What does nothing.


def test_hollow_submissions_come_from_the_stub(tmp_path: Path) -> None:
    candidates = hollow_of(write_exercise(tmp_path), PLAN)
    ends = {
        name: candidate.submission.text().splitlines()[-1].strip()
        for name, candidate in candidates.items()
    }
    assert ends == {
        STUB_NAME: "raise NotImplementedError",
        EMPTY: "pass",
        FIRST_ARGUMENT: "return number",
    }


def test_of_a_folder_every_python_file_is_made_hollow_and_no_other(tmp_path: Path) -> None:
    files = {"small.py": "from parts import f\n", "parts.py": STUB, "page.html": "def f(): <&>\n"}
    exercise = write_exercise(tmp_path, stub=files, reference=files)
    hollow = hollow_of(exercise, PLAN)[EMPTY].submission.files
    assert hollow["small.py"] == b"from parts import f\n"
    assert hollow["parts.py"].endswith(b"    pass\n")
    assert hollow["page.html"] == b"def f(): <&>\n"


def test_a_stub_that_cannot_be_python_is_graded_as_it_is(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path, stub="# coding: utf-7\n")
    assert list(hollow_of(exercise, PLAN)) == [STUB_NAME]


# Forgers.


def test_every_forger_answers_for_the_stub_but_late_answers_are_the_references(
    tmp_path: Path,
) -> None:
    candidates = forgers_of(write_exercise(tmp_path), PLAN)
    assert list(candidates) == list(FORGERS)
    for name, candidate in candidates.items():
        assert candidate.plan.sandbox == SandboxChoice("bubblewrap", forger=name)
        text = REFERENCE if name == PREVIOUS_ANSWER else STUB
        assert candidate.submission.files == {"small.py": text.encode()}


# Wrong and right solutions.


def test_wrong_and_right_solutions_are_those_in_their_folders(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path)
    exercise.right_dir.mkdir(parents=True)
    for name in ("b.py", "a.py", "notes.txt"):
        (exercise.right_dir / name).write_text(f"# {name}\n")
    ((wrong, candidate),) = wrong_of(exercise, PLAN)
    assert candidate.submission.files["small.py"] == wrong.path.read_bytes()
    right = {path.name: candidate.submission.text() for path, candidate in right_of(exercise, PLAN)}
    assert right == {"a.py": "# a.py\n", "b.py": "# b.py\n"}


def test_there_need_not_be_any(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path, wrong={})
    assert wrong_of(exercise, PLAN) == right_of(exercise, PLAN) == []


# Mutants.


def test_mutants_are_of_the_reference_in_the_order_of_its_lines(tmp_path: Path) -> None:
    mutants, split = mutants_to_grade(write_exercise(tmp_path))
    assert {item.file for item in mutants} == {"small.py"}
    assert [item.mutant for item in mutants] == list(split.counted)
    assert "return number / 2**times" in {item.mutant.becomes for item in mutants}
    assert split.equivalent == split.unmatched == ()


def test_of_a_folder_every_python_file_has_mutants(tmp_path: Path) -> None:
    files = {"small.py": "x = 1 + y\n", "sub/parts.py": "z = 2 * y\n", "page.html": "1 + 1\n"}
    mutants, _ = mutants_to_grade(write_exercise(tmp_path, stub=files, reference=files))
    lines = {item.file: item.mutant.reference for item in mutants}
    assert lines == {"small.py": "x = 1 + y\n", "sub/parts.py": "z = 2 * y\n"}


@pytest.mark.parametrize(("argument", "has_mutant"), [("", False), (", match='no'", True)])
def test_messages_are_mutated_where_the_tests_look_at_them(
    tmp_path: Path, argument: str, has_mutant: bool
) -> None:
    hidden = (
        f"from grader.testing import raises\n\ndef test_a():\n    raises(ValueError{argument})\n"
    )
    reference = "def f():\n    raise ValueError('no')\n"
    mutants, _ = mutants_to_grade(write_exercise(tmp_path, hidden=hidden, reference=reference))
    assert any("XXnoXX" in item.mutant.becomes for item in mutants) is has_mutant


def test_mutants_that_are_recorded_are_told_apart(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path)
    exercise.equivalents.parent.mkdir()
    exercise.equivalents.write_text(
        '[[mutant]]\nfunction = "double"\nwas = "return number * 2**times"\n'
        'becomes = "return number / 2**times"\nreason = "why"\n'
    )
    mutants, split = mutants_to_grade(exercise)
    ((equivalent, reason),) = split.equivalent
    assert (equivalent.becomes, reason) == ("return number / 2**times", "why")
    assert len(split.counted) == len(mutants) - 1


def test_a_reference_that_is_no_python_is_named_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"solutions/small\.py:2 is no Python"):
        mutants_to_grade(write_exercise(tmp_path, reference="x = 1\ndef f(:\n"))


def test_a_file_of_equivalent_mutants_that_is_wrong_is_an_error(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path)
    exercise.equivalents.parent.mkdir()
    exercise.equivalents.write_text("[[mutant]]\n")
    with pytest.raises(BankError):
        mutants_to_grade(exercise)


def test_a_mutant_stands_in_the_place_of_its_file_alone(tmp_path: Path) -> None:
    files = {"small.py": "a\n", "parts.py": "c\n"}
    exercise = write_exercise(tmp_path, stub=files, reference=files)
    ((item, candidate),) = mutated_of(exercise, [mutant(3)], PLAN)
    assert item == mutant(3)
    assert candidate.submission.files == {"small.py": b"b\n", "parts.py": b"c\n"}
    assert candidate.submission.path == "mutant 3 of small.py"
    assert candidate.plan == PLAN


def test_what_makes_the_mutants_is_told_with_its_version() -> None:
    assert mutators().keys() == {"mutmut", "libcst"}
    assert all(version[:1].isdigit() for version in mutators().values())


def test_without_it_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr("grader.check.candidates.version", missing)
    assert set(mutators().values()) == {""}


# Time.


def taking(*seconds: float) -> Result:
    """Return the result of a reference whose tests have taken so long."""
    return result_of(*(passed(f"test_{number}", seconds=one) for number, one in enumerate(seconds)))


def limits_after(reference: Result, **limits: float) -> tuple[float, float]:
    plan = Plan(SandboxChoice("none"), Limits().replace(limits), 0)
    short = shortened(plan, reference).limits
    return short.test_seconds, short.submission_seconds


def test_what_is_quick_gets_the_least_time() -> None:
    test_seconds, all_seconds = limits_after(taking(0.01, 0.03))
    assert test_seconds == LEAST_SECONDS
    assert all_seconds == pytest.approx(
        HANGS_WAITED_FOR * LEAST_SECONDS + ALL_SLOWER_THAN_REFERENCE * 0.04
    )


def test_what_is_slow_gets_many_times_what_the_reference_took() -> None:
    test_seconds, all_seconds = limits_after(taking(0.3, 0.1))
    assert test_seconds == pytest.approx(SLOWER_THAN_REFERENCE * 0.3)
    assert all_seconds == pytest.approx(
        HANGS_WAITED_FOR * test_seconds + ALL_SLOWER_THAN_REFERENCE * 0.4
    )


def test_many_tests_are_not_out_of_time_because_they_are_many() -> None:
    _, all_seconds = limits_after(taking(*[0.09] * 100), submission_seconds=600)
    assert all_seconds > 5 * 9


def test_nothing_gets_more_than_a_student() -> None:
    assert limits_after(taking(3.0, 9.0)) == (10.0, 60.0)
    assert limits_after(taking(0.1), test_seconds=1, submission_seconds=2) == (1.0, 2.0)


def test_other_limits_and_the_rest_of_the_plan_stay() -> None:
    short = shortened(PLAN, taking(0.1))
    assert short.limits.memory_bytes == PLAN.limits.memory_bytes
    assert (short.sandbox, short.seed, short.hidden_paths) == (PLAN.sandbox, 0, ("/bank",))
