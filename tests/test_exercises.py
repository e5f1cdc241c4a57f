"""Every exercise of the bank, graded for real: the reference, the stub, and each known mistake."""

import doctest
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from grader.bank import Exercise, Section
from grader.catalogue import read_bank
from grader.cli.show import task_of
from grader.judge.grade import Plan, grade
from grader.judge.judging import Judges
from grader.judge.processes import PreloadedJudges
from grader.outcomes import Fault, Outcome
from grader.results import Result, TestRecord, Verdict
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission

Recordings = Callable[[Exercise], Path]
"""Takes an exercise; returns the file of its recorded examples."""

BANK = read_bank(Path(__file__).parent.parent)
SANDBOXES = ("bubblewrap", "pool")
SAMPLE = 3
"""How many of an exercise's mistakes are tried without `-m long`, which tries all of them."""


def in_each_sandbox() -> Iterator[tuple[Exercise, str, list[pytest.MarkDecorator]]]:
    """Yield each exercise with each sandbox; without `-m long` it has one of them, by turns."""
    for number, exercise in enumerate(BANK.exercises):
        for turn, name in enumerate(SANDBOXES):
            marks = [pytest.mark.docker] if name == "pool" else []
            if turn != number % len(SANDBOXES):
                marks.append(pytest.mark.long)
            yield exercise, name, marks


def mistakes() -> Iterator[object]:
    """Yield, for each exercise and sandbox, a sample of its mistakes and all the others."""
    for exercise, name, marks in in_each_sandbox():
        files = sorted(exercise.wrong_dir.glob("*.py"))
        step = max(1, len(files) // SAMPLE)
        sample = files[::step][:SAMPLE]
        others = [file for file in files if file not in sample]
        yield pytest.param(exercise, sample, name, marks=marks, id=f"{exercise.id}-some-{name}")
        marks = [*marks, pytest.mark.long]
        yield pytest.param(exercise, others, name, marks=marks, id=f"{exercise.id}-others-{name}")


each_exercise = pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda one: one.id)
each_exercise_in_a_sandbox = pytest.mark.parametrize(
    ("exercise", "strict_sandbox"),
    [
        pytest.param(exercise, name, marks=marks, id=f"{exercise.id}-{name}")
        for exercise, name, marks in in_each_sandbox()
    ],
    indirect=["strict_sandbox"],
)
each_choice_of_mistakes = pytest.mark.parametrize(
    ("exercise", "files", "strict_sandbox"), list(mistakes()), indirect=["strict_sandbox"]
)


@pytest.fixture(scope="module")
def judges() -> Iterator[Judges]:
    """Judges that are forked: hundreds of submissions are graded here."""
    with PreloadedJudges() as preloaded:
        yield preloaded


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory, judges: Judges) -> Recordings:
    """The examples that are drawn for a reference, by exercise: drawing them takes the longest."""
    folder = tmp_path_factory.mktemp("recordings")

    def recording_for(exercise: Exercise) -> Path:
        file = folder / exercise.id
        if not file.exists():
            plan = Plan(SandboxChoice("bubblewrap"), exercise.limits, 0, record_to=file)
            grade(read_submission(exercise.reference, exercise), exercise, plan, judges)
        return file

    return recording_for


def grade_in(
    sandbox: SandboxChoice,
    exercise: Exercise,
    file: Path,
    judges: Judges,
    *,
    recording: Path | None = None,
    shrink: bool = True,
) -> Result:
    plan = Plan(sandbox, exercise.limits, 0, (str(BANK.root),), shrink, recording)
    return grade(read_submission(file, exercise), exercise, plan, judges)


def named_tests(file: Path) -> list[str]:
    """Return the tests that a wrong solution's first line names, or fail."""
    first_line = file.read_text().splitlines()[0]
    match = re.fullmatch(r"# Mistake: .+\. Caught by: (test_\w+(?:, test_\w+)*)", first_line)
    assert match, f"{file}: the first line must be `# Mistake: .... Caught by: test_...`"
    return match[1].split(", ")


@each_exercise_in_a_sandbox
def test_the_reference_gets_all_points(
    exercise: Exercise, strict_sandbox: SandboxChoice, judges: Judges, recordings: Recordings
) -> None:
    recording = recordings(exercise)
    result = grade_in(strict_sandbox, exercise, exercise.reference, judges, recording=recording)
    assert result.verdict is Verdict.ALL_POINTS
    assert result.points == 10


@each_exercise_in_a_sandbox
def test_the_stub_gets_no_point_and_readable_messages(
    exercise: Exercise, strict_sandbox: SandboxChoice, judges: Judges, recordings: Recordings
) -> None:
    recording = recordings(exercise)
    result = grade_in(strict_sandbox, exercise, exercise.stub, judges, recording=recording)
    assert result.verdict is Verdict.NOT_ALL_POINTS
    assert result.points == 0
    for test in result.tests:
        assert test.outcome.fault is Fault.SUBMISSION
        assert test.title
        assert test.message.startswith(("Your code", "Your file"))


@each_choice_of_mistakes
def test_each_mistake_is_caught_by_the_test_that_it_names(
    exercise: Exercise,
    files: list[Path],
    strict_sandbox: SandboxChoice,
    judges: Judges,
    recordings: Recordings,
) -> None:
    recording = recordings(exercise)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(
            # Who looks only at the outcomes of mistakes needs no smallest examples.
            lambda file: grade_in(
                strict_sandbox, exercise, file, judges, recording=recording, shrink=False
            ),
            files,
        )
        graded = dict(zip(files, results, strict=True))
    assert {file.name: why for file in files if (why := complaint(file, graded[file]))} == {}


@pytest.mark.long
@each_exercise
def test_whatever_is_recorded_each_submission_comes_to_the_same(
    exercise: Exercise, judges: Judges, recordings: Recordings, working_bubblewrap: None
) -> None:
    recording = recordings(exercise)
    right = (exercise.wrong_dir.parent.parent / "also_right" / exercise.id).glob("*.py")
    files = [exercise.reference, exercise.stub, *right, *exercise.wrong_dir.glob("*.py")]
    sandbox = SandboxChoice("bubblewrap")

    def both_ways(file: Path) -> list[list[TestRecord]]:
        return [
            timeless(grade_in(sandbox, exercise, file, judges, recording=one))
            for one in (None, recording)
        ]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(files, pool.map(both_ways, files), strict=True))
    assert [file.name for file, (live, replayed) in found.items() if live != replayed] == []


def timeless(result: Result) -> list[TestRecord]:
    """Return the tests of a result without what depends on the clock."""
    return [replace(test, seconds=0.0) for test in result.tests]


def complaint(file: Path, result: Result) -> str:
    """Return what is wrong with the result of a wrong solution, or ""."""
    outcomes = {test.name: test.outcome for test in result.tests}
    if Outcome.DOES_NOT_LOAD in outcomes.values():
        return "it does not load"
    caught = {name for name, outcome in outcomes.items() if outcome.fault is Fault.SUBMISSION}
    missed = set(named_tests(file)) - caught
    return f"not caught by {', '.join(sorted(missed))}" if missed else ""


@pytest.mark.parametrize("section", BANK.sections, ids=lambda one: one.id)
def test_the_tasks_of_a_section_begin_with_a_title_and_its_level(section: Section) -> None:
    for exercise in section.exercises:
        title, _, level, *_ = task_of(exercise).splitlines()
        assert title.startswith("# ")
        assert level == f"Level: {section.title}"


@each_exercise
def test_the_examples_of_the_task_hold_for_the_reference(exercise: Exercise) -> None:
    names: dict[str, object] = {"__name__": exercise.module}
    exec(exercise.reference.read_text(), names)
    examples = doctest.DocTestParser().get_doctest(
        task_of(exercise), names, exercise.id, str(exercise.stub), 0
    )
    failures, tried = doctest.DocTestRunner(verbose=False).run(examples)
    assert tried > 0
    assert failures == 0
