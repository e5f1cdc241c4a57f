"""The whole check: each fault of an exercise is found, alone and in its place."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

import pytest

from grader.bank import Exercise
from grader.cache import Cache
from grader.catalogue.layout import paths_of
from grader.check import candidates
from grader.check.check import Task, check_all
from grader.check.gradings import Candidate, Workshop
from grader.errors import GraderError
from grader.findings import Check, Code, Kind
from grader.judge.grade import Plan
from grader.judge.job import Job
from grader.judge.judging import Judging
from grader.judge.processes import PreloadedJudges
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Result
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.forger import PREVIOUS_ANSWER

STUB = '''"""Write `double`, which gives twice a number, and `half`: half of it, rounded down.

>>> double(4)
8
"""


def double(number):
    raise NotImplementedError


def half(number):
    raise NotImplementedError
'''

HIDDEN = '''from grader.testing import points, scenario


@scenario
def doubled(student, number):
    return student.double(number=number)


@scenario
def halved(student, number, times):
    return [student.half(number)] * times


@points(9)
def test_double():
    """`double` gives twice a number."""
    assert [doubled(1), doubled(3)] == [2, 6]


def test_half():
    """`half` gives half of a number."""
    (half,) = halved(5, 1)
    assert half == 2
'''

REFERENCE = """def double(number):
    return 2 * number


def half(number):
    return number // 2
"""

WRONG = f"# Mistake: the number as it is. Caught by: test_double\n{REFERENCE}".replace("2 * ", "")

SOUND = {
    "exercises/small.py": STUB,
    "hidden/test_small.py": HIDDEN,
    "solutions/small.py": REFERENCE,
    "solutions/wrong/small/same.py": WRONG,
}
STUB_FILE, HIDDEN_FILE, REFERENCE_FILE, WRONG_FILE = SOUND
RIGHT_FILE = "solutions/also_right/small/other.py"
EQUIVALENTS_FILE = "solutions/equivalent/small.toml"

MUTANTS_OF_REFERENCE = 4


@dataclass(frozen=True)
class Fault:
    """What makes an exercise faulty: files other than the SOUND ones, None for one that is gone.

    `place` is where the fault is to be found.
    """

    place: str
    files: Mapping[str, str | None]
    sandbox: str = "none"
    seconds: float = 0.0


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return one of the SOUND files with another text in one place."""
    assert SOUND[file].count(old) == 1
    return {file: SOUND[file].replace(old, new)}


def another_test(body: str) -> dict[str, str]:
    """Return the hidden tests with one more."""
    test = f'\n\ndef test_more():\n    """More of the same."""\n    {body}\n'
    return {HIDDEN_FILE: HIDDEN + test}


def half_judged_by(assertion: str) -> dict[str, str]:
    """Return hidden tests in which `half` decides about most of the points, by this assertion."""
    text = HIDDEN.replace("def test_half", "@points(18)\ndef test_half")
    return {HIDDEN_FILE: text.replace("assert half == 2", assertion)}


FAULTS: Mapping[Code, Fault] = {
    Code.NOT_CHECKED: Fault(REFERENCE_FILE, {}, sandbox="nowhere"),
    Code.TO_DO: Fault(f"{WRONG_FILE}:8", {WRONG_FILE: WRONG + "# TODO\n"}),
    Code.REFERENCE_FAILS: Fault(REFERENCE_FILE, changed(REFERENCE_FILE, "//", "/")),
    # A comment, or it would be known already that there is no fault.
    Code.REFERENCE_SLOW: Fault(
        f"{HIDDEN_FILE}::test_double", {WRONG_FILE: WRONG + "# slow\n"}, seconds=2.0
    ),
    Code.EXAMPLE_FAILS: Fault(f"{STUB_FILE}:3", changed(STUB_FILE, "\n8\n", "\n9\n")),
    Code.NO_EXAMPLE: Fault(STUB_FILE, changed(STUB_FILE, ">>> double(4)\n8\n", "")),
    Code.STUB_BROKEN: Fault(STUB_FILE, {STUB_FILE: STUB.partition("\n\n\ndef half")[0]}),
    Code.STUB_SCORES: Fault(
        STUB_FILE, {STUB_FILE: STUB.removesuffix("raise NotImplementedError\n") + "return 2\n"}
    ),
    Code.EMPTY_SCORES: Fault(HIDDEN_FILE, half_judged_by("assert half not in (1, 2.5, 5)")),
    Code.FIRST_ARGUMENT_SCORES: Fault(
        HIDDEN_FILE, half_judged_by("assert half not in (1, 2.5, None)")
    ),
    Code.FORGEABLE: Fault(
        HIDDEN_FILE,
        {
            HIDDEN_FILE: HIDDEN.replace(
                "return student.double(number=number)",
                "return [student.double(number=n) == 2 * n for n in number]",
            ).replace("assert [doubled(1), doubled(3)] == [2, 6]", "assert all(doubled([1, 3]))")
        },
    ),
    Code.NO_WRONG_SOLUTION: Fault("solutions/wrong/small", {WRONG_FILE: None}),
    Code.WRONG_UNLABELLED: Fault(
        f"{WRONG_FILE}:1", changed(WRONG_FILE, "test_double", "test_doubles")
    ),
    Code.WRONG_PASSES: Fault(WRONG_FILE, changed(WRONG_FILE, "return number\n", "return 2*number")),
    Code.WRONG_MISSED: Fault(WRONG_FILE, changed(WRONG_FILE, "test_double", "test_half")),
    Code.WRONG_BROKEN: Fault(WRONG_FILE, {WRONG_FILE: WRONG.partition("\n\n\ndef half")[0]}),
    Code.RIGHT_FAILS: Fault(RIGHT_FILE, {RIGHT_FILE: REFERENCE.replace("//", "/")}),
    Code.WEAK: Fault(REFERENCE_FILE, changed(HIDDEN_FILE, "halved(5, 1)", "halved(4, 1)")),
    Code.EQUIVALENT_UNKNOWN: Fault(
        EQUIVALENTS_FILE,
        {
            EQUIVALENTS_FILE: '[[mutant]]\nfunction = "half"\nwas = "return number / 2"\n'
            'becomes = "return number * 2"\nreason = "why not"\n'
        },
    ),
    Code.TEST_UNTITLED: Fault(
        f"{HIDDEN_FILE}:20", changed(HIDDEN_FILE, '    """`half` gives half of a number."""\n', "")
    ),
    Code.TITLE_SHOWS_CODE: Fault(
        f"{HIDDEN_FILE}:15",
        changed(HIDDEN_FILE, "gives twice a number", "gives `2 * number`"),
    ),
    Code.SCENARIO_ONLY_BOOL: Fault(
        f"{HIDDEN_FILE}:10",
        {
            HIDDEN_FILE: HIDDEN.replace(
                "return [student.half(number)] * times", "return student.half(number) == 2"
            ).replace("(half,) = halved(5, 1)\n    assert half == 2", "assert halved(5, 1) is True")
        },
    ),
    Code.SCENARIO_UNUSED: Fault(
        f"{HIDDEN_FILE}:27",
        {HIDDEN_FILE: HIDDEN + "\n\n@scenario\ndef unused(student):\n    return student.half(3)\n"},
    ),
    Code.TASK_UNSAID: Fault(
        f"{HIDDEN_FILE}:6",
        {STUB_FILE: STUB.replace("(number", "(amount").replace("a number", "as much")},
    ),
    Code.TEST_CATCHES_NOTHING: Fault(
        f"{HIDDEN_FILE}::test_more", another_test("assert halved(0, 1) == [0]")
    ),
    Code.TEST_REDUNDANT: Fault(
        f"{HIDDEN_FILE}::test_more", another_test("assert halved(6, 1) == [3]")
    ),
}


def small_exercise(root: Path, files: Mapping[str, str | None], *names: str) -> Exercise:
    """Write the SOUND exercise but for these files, and return it.

    `names` are the names of a submission's files, where it is a folder.
    """
    for name, text in {**SOUND, **files}.items():
        if text is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    paths = paths_of(root, "small", names or ("small.py",))
    return Exercise("small", "Small", "L1", names or ("small.py",), **paths._asdict())


def task_of(exercise: Exercise, root: Path, sandbox: str = "none") -> Task:
    plan = Plan(SandboxChoice(sandbox), exercise.limits, 0, (str(root),), shrink=False)
    return Task(exercise, root, plan)


@dataclass(frozen=True)
class Watched(Workshop):
    """A workshop that remembers what it was asked to grade, known before or not.

    With `seconds`, that is what each test of a result has taken.
    """

    seconds: float = 0.0
    asked: list[Candidate] = field(default_factory=list)

    def grade(self, candidate: Candidate, exercise: Exercise, surroundings: Any) -> Future[Result]:
        self.asked.append(candidate)
        graded = super().grade(candidate, exercise, surroundings)
        if not self.seconds:
            return graded
        result = graded.result()
        tests = tuple(replace(test, seconds=self.seconds) for test in result.tests)
        slow: Future[Result] = Future()
        slow.set_result(replace(result, tests=tests))
        return slow

    def plans_of(self, start: str) -> list[Plan]:
        """Return the plans of the submissions whose names begin so, without those of forgers."""
        honest = [one for one in self.asked if not one.plan.sandbox.forger]
        return [one.plan for one in honest if one.submission.path.startswith(start)]


class NoJudges:
    """Judges that must not be asked."""

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        raise AssertionError("a judge was asked for something that was known")


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreloadedJudges]:
    """Judges for all tests, and a folder of their own for what they keep."""
    with pytest.MonkeyPatch.context() as patch, PreloadedJudges() as judges:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("xdg")))
        yield judges


@pytest.fixture(scope="module")
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """One for all tests: most of the exercises differ in one file."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def workshop(
    executor: ThreadPoolExecutor,
    judges: PreloadedJudges,
    cache: Cache,
    monkeypatch: pytest.MonkeyPatch,
) -> Watched:
    # A few forgers stand for all, whose answers are not what is tested here.
    monkeypatch.setattr(candidates, "FORGERS", ("True", "empty list", PREVIOUS_ANSWER))
    return Watched(executor, judges, cache)


def check_one(task: Task, workshop: Workshop) -> Check:
    (check,) = check_all([task], workshop)
    return check


# Each fault.


def test_every_code_has_a_case() -> None:
    assert FAULTS.keys() == set(Code)


def test_a_sound_exercise_has_no_finding(tmp_path: Path, workshop: Watched) -> None:
    check = check_one(task_of(small_exercise(tmp_path, {}), tmp_path), workshop)
    assert check.findings == ()
    assert (check.mutants, check.strength) == (MUTANTS_OF_REFERENCE, 1.0)
    assert [column.points for column in check.matrix.columns] == [9, 1]
    wrong, *_ = check.matrix.rows
    assert (wrong.kind, wrong.name) == (Kind.WRONG_SOLUTION, "same")
    assert (wrong.what, wrong.caught_by) == ("the number as it is", ("test_double",))


@pytest.mark.parametrize("code", Code)
def test_a_fault_is_found_alone_and_in_its_place(
    tmp_path: Path, workshop: Watched, code: Code
) -> None:
    fault = FAULTS[code]
    task = task_of(small_exercise(tmp_path, fault.files), tmp_path, fault.sandbox)
    check = check_one(task, replace(workshop, seconds=fault.seconds))
    assert [(finding.code, finding.place) for finding in check.findings] == [(code, fault.place)]


# What is graded, and how.


LOOP = """def double(number):
    return 2 * number


def half(number):
    count = 0
    while number > 1:
        number -= 2
        count += 1
    return count
"""


def test_a_mutant_that_loops_for_ever_is_caught_in_a_short_time(
    tmp_path: Path, workshop: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "LEAST_SECONDS", 0.5)
    task = task_of(small_exercise(tmp_path, {REFERENCE_FILE: LOOP}), tmp_path)
    check = check_one(task, workshop)
    (endless,) = (row for row in check.matrix.rows if row.what.endswith("number += 2"))
    assert "test_half" in endless.caught_by
    assert all(
        plan.limits == Limits() for plan in workshop.plans_of(str(tmp_path / REFERENCE_FILE))
    )
    mutants = workshop.plans_of("mutant")
    assert len(mutants) == check.mutants > 0
    for plan in mutants:
        assert plan.limits.seconds_for(None) < Limits().seconds_for(None)
        assert plan.limits.submission_seconds < Limits().submission_seconds


def test_an_equivalent_mutant_does_not_count(tmp_path: Path, workshop: Watched) -> None:
    entry = (
        '[[mutant]]\nfunction = "half"\nwas = "return number // 2"\n'
        'becomes = "return number / 2"\nreason = "only even numbers are asked for"\n'
    )
    files = {**FAULTS[Code.WEAK].files, EQUIVALENTS_FILE: entry}
    check = check_one(task_of(small_exercise(tmp_path, files), tmp_path), workshop)
    assert check.findings == ()
    (equivalent,) = (row for row in check.matrix.rows if row.kind is Kind.EQUIVALENT)
    assert equivalent.caught_by == ()
    assert (check.mutants, check.caught) == (MUTANTS_OF_REFERENCE - 1, MUTANTS_OF_REFERENCE - 1)


def test_an_entry_of_a_mutant_that_loses_points_is_a_fault(
    tmp_path: Path, workshop: Watched
) -> None:
    entry = (
        '[[mutant]]\nfunction = "half"\nwas = "return number // 2"\n'
        'becomes = "return number / 2"\nreason = "nobody asks for odd numbers"\n'
    )
    exercise = small_exercise(tmp_path, {EQUIVALENTS_FILE: entry})
    (finding,) = check_one(task_of(exercise, tmp_path), workshop).findings
    assert (finding.code, finding.place) == (Code.EQUIVALENT_UNKNOWN, EQUIVALENTS_FILE)
    assert "it loses points, by test_half" in finding.message


def test_another_right_solution_passes(tmp_path: Path, workshop: Watched) -> None:
    right = REFERENCE.replace("2 * number", "number + number")
    exercise = small_exercise(tmp_path, {RIGHT_FILE: right})
    assert check_one(task_of(exercise, tmp_path), workshop).findings == ()
    (plan,) = workshop.plans_of(str(tmp_path / RIGHT_FILE))
    assert plan.limits == Limits()


def in_two_files(folder: str, text: str) -> dict[str, str]:
    """Return a program in a folder whose main file imports `double` from another."""
    head, _, rest = text.partition("def double")
    double, _, half = rest.partition("\n\n\n")
    return {
        f"{folder}/small.py": f"{head}from parts import double\n\n\n{half}",
        f"{folder}/parts.py": f"def double{double}\n",
    }


def test_an_exercise_of_several_files_is_checked_through(tmp_path: Path, workshop: Watched) -> None:
    files = {
        **dict.fromkeys(SOUND),
        HIDDEN_FILE: HIDDEN,
        **in_two_files("exercises/small", STUB),
        **in_two_files("solutions/small", REFERENCE),
        **in_two_files("solutions/wrong/small/same", WRONG),
    }
    exercise = small_exercise(tmp_path, files, "small.py", "parts.py")
    check = check_one(task_of(exercise, tmp_path), workshop)
    assert check.findings == ()
    mutants = [row for row in check.matrix.rows if row.kind is Kind.MUTANT]
    assert len(mutants) == MUTANTS_OF_REFERENCE
    assert {row.name.partition(":")[0] for row in mutants} == {"small.py", "parts.py"}
    assert all(row.caught_by for row in mutants)


def test_where_the_reference_fails_nothing_is_graded_that_must_be_worse(
    tmp_path: Path, workshop: Watched
) -> None:
    exercise = small_exercise(tmp_path, FAULTS[Code.REFERENCE_FAILS].files)
    check = check_one(task_of(exercise, tmp_path), workshop)
    assert workshop.plans_of("mutant") == []
    assert not any(one.plan.sandbox.forger for one in workshop.asked)
    assert check.strength is None
    assert [row.kind for row in check.matrix.rows] == [Kind.WRONG_SOLUTION]


# What could not be graded.


def test_without_a_sandbox_only_the_reference_is_tried_and_nothing_is_kept(
    tmp_path: Path, workshop: Watched
) -> None:
    task = task_of(small_exercise(tmp_path, {}), tmp_path, "nowhere")
    own = replace(workshop, cache=Cache(tmp_path / "cache"))
    (finding,) = check_one(task, own).findings
    assert finding.code is Code.NOT_CHECKED
    assert "there is no sandbox 'nowhere'" in finding.message
    assert len(own.asked) == len(candidates.SEEDS)
    assert not (tmp_path / "cache").exists()


@dataclass(frozen=True)
class WithoutMutants(Watched):
    """A workshop in which mutants cannot be graded."""

    def grade(self, candidate: Candidate, exercise: Exercise, surroundings: Any) -> Future[Result]:
        graded = super().grade(candidate, exercise, surroundings)
        if not candidate.submission.path.startswith("mutant"):
            return graded
        broken: Future[Result] = Future()
        breakdown = Breakdown(Outcome.JUDGE_LIMIT, "it took too long")
        broken.set_result(replace(graded.result(), breakdown=breakdown))
        return broken


def test_what_was_not_graded_is_told_once_and_neither_caught_nor_a_survivor(
    tmp_path: Path, executor: ThreadPoolExecutor, judges: PreloadedJudges, cache: Cache
) -> None:
    # A comment, or it would be known already that there is no fault.
    exercise = small_exercise(tmp_path, {WRONG_FILE: WRONG + "# not graded\n"})
    check = check_one(task_of(exercise, tmp_path), WithoutMutants(executor, judges, cache))
    (finding,) = check.findings
    assert (finding.code, finding.place) == (Code.NOT_CHECKED, f"{REFERENCE_FILE}:2")
    assert finding.message == "it could not be graded: it took too long"
    assert finding.details == (f"also {REFERENCE_FILE}:6",)
    assert [row.kind for row in check.matrix.rows] == [Kind.WRONG_SOLUTION]
    assert check.strength is None


class AwayJudges:
    """Judges that cannot be started."""

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        raise GraderError("python cannot be started: no such file")


def test_an_error_of_ours_while_grading_is_no_traceback(tmp_path: Path, workshop: Watched) -> None:
    task = task_of(small_exercise(tmp_path, {}), tmp_path)
    away = replace(workshop, judges=AwayJudges(), cache=Cache(tmp_path / "cache"))
    (finding,) = check_one(task, away).findings
    assert finding.code is Code.NOT_CHECKED
    assert finding.message == "python cannot be started: no such file"


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (REFERENCE_FILE, "def double(:\n", "small.py:1 is no Python"),
        (EQUIVALENTS_FILE, "[[mutant]]\n", "small.toml has 4 problems"),
        (STUB_FILE, None, "small.py cannot be read: No such file"),
    ],
)
def test_an_exercise_that_cannot_be_read_is_not_checked_and_holds_up_no_other(
    tmp_path: Path, workshop: Watched, file: str, text: str | None, sentence: str
) -> None:
    broken, sound = tmp_path / "broken", tmp_path / "sound"
    tasks = [
        task_of(small_exercise(broken, {file: text}), broken),
        task_of(small_exercise(sound, {}), sound),
    ]
    first, second = check_all(tasks, workshop)
    (finding,) = first.findings
    assert finding.code is Code.NOT_CHECKED
    assert sentence in finding.message
    assert second.findings == ()


def test_a_right_solution_that_cannot_be_read_is_no_traceback(
    tmp_path: Path, workshop: Watched
) -> None:
    exercise = small_exercise(tmp_path, {})
    inner = tmp_path / RIGHT_FILE / "inner.py"
    inner.parent.mkdir(parents=True)
    inner.touch()
    (finding,) = check_one(task_of(exercise, tmp_path), workshop).findings
    assert finding.code is Code.NOT_CHECKED
    assert "other.py" in finding.message


# What is known already.


def test_an_unchanged_exercise_is_not_graded_again(tmp_path: Path, workshop: Watched) -> None:
    task = task_of(small_exercise(tmp_path, {}), tmp_path)
    first = check_one(task, workshop)
    again = replace(workshop, judges=NoJudges(), asked=[])
    assert check_one(task, again) == first
    assert again.asked == []


def test_an_exercise_that_was_moved_is_not_graded_again(tmp_path: Path, workshop: Watched) -> None:
    there = tmp_path / "there"
    first = check_one(task_of(small_exercise(tmp_path, {}), tmp_path), workshop)
    again = replace(workshop, judges=NoJudges())
    assert check_one(task_of(small_exercise(there, {}), there), again) == first


def test_only_what_was_added_is_graded(tmp_path: Path, workshop: Watched) -> None:
    exercise = small_exercise(tmp_path, {})
    check_one(task_of(exercise, tmp_path), workshop)
    added = tmp_path / "solutions/wrong/small/added.py"
    added.write_text(WRONG.replace("return number\n", "return 7 * number\n"))
    begun: list[int] = []
    counted = replace(workshop, on_task=begun.append)
    check = check_one(task_of(exercise, tmp_path), counted)
    # The wrong solution, and the examples, which are run each time.
    assert begun.count(+1) == begun.count(-1) == 2
    assert [row.name for row in check.matrix.rows[:2]] == ["added", "same"]


@pytest.mark.parametrize("file", [HIDDEN_FILE, REFERENCE_FILE])
def test_what_decides_about_all_has_all_graded_again(
    tmp_path: Path, workshop: Watched, file: str
) -> None:
    exercise = small_exercise(tmp_path, {})
    check_one(task_of(exercise, tmp_path), workshop)
    (tmp_path / file).write_text(SOUND[file] + f"\n# {tmp_path}\n")
    stopped = replace(workshop, judges=NoJudges())
    with pytest.raises(AssertionError, match="a judge was asked"):
        check_one(task_of(exercise, tmp_path), stopped)


def test_other_mutants_are_other_findings(
    tmp_path: Path, workshop: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = task_of(small_exercise(tmp_path, {}), tmp_path)
    check_one(task, workshop)
    monkeypatch.setattr(candidates, "mutators", lambda: {"mutmut": "another version"})
    begun: list[int] = []
    check_one(task, replace(workshop, on_task=begun.append))
    assert begun == [+1, -1]  # the examples; all else was graded, but is judged anew


def test_a_check_in_which_something_was_not_graded_is_made_again(
    tmp_path: Path, workshop: Watched
) -> None:
    exercise = small_exercise(tmp_path, {})
    assert check_one(task_of(exercise, tmp_path, "nowhere"), workshop).findings
    asked = len(workshop.asked)
    assert check_one(task_of(exercise, tmp_path, "nowhere"), workshop).findings
    assert len(workshop.asked) == 2 * asked
