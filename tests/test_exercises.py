"""Every exercise of the bank, graded for real: the reference, the stub, and each known mistake."""

import doctest
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.bank import Exercise, Section
from grader.catalogue import read_bank
from grader.cli.show import task_of
from grader.judge.grade import Plan, grade
from grader.judge.processes import Judges, PreloadedJudges
from grader.outcomes import Fault, Outcome
from grader.results import Result, Verdict
from grader.sandbox.choice import SandboxChoice
from grader.submission import read_submission

Recordings = Callable[[Exercise], Path]
"""Takes an exercise; returns the file of its recorded examples."""

BANK = read_bank(Path(__file__).parent.parent)
SANDBOXES = ("bubblewrap", "docker")
SAMPLE = 6
"""How many mistakes of an exercise each sandbox is tried on; `-m long` tries the others."""


def mistakes() -> Iterator[object]:
    """Yield, for each exercise and sandbox, a sample of its mistakes and all the others."""
    for exercise in BANK.exercises:
        files = sorted(exercise.wrong_dir.glob("*.py"))
        for first, name in enumerate(SANDBOXES):
            sample = files[first :: len(SANDBOXES)][:SAMPLE]
            others = [file for file in files if file not in sample]
            in_sandbox = [pytest.mark.docker] if name == "docker" else []
            for part, chosen, marks in (
                ("some", sample, []),
                ("others", others, [pytest.mark.long]),
            ):
                yield pytest.param(
                    exercise,
                    chosen,
                    name,
                    marks=[*in_sandbox, *marks],
                    id=f"{exercise.id}-{part}-{name}",
                )


each_exercise = pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda one: one.id)
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
) -> Result:
    # Who looks only at the outcomes of mistakes needs no smallest examples either.
    shrink = recording is None
    plan = Plan(sandbox, exercise.limits, 0, (str(BANK.root),), shrink, recording)
    return grade(read_submission(file, exercise), exercise, plan, judges)


def named_tests(file: Path) -> list[str]:
    """Return the tests that a wrong solution's first line names, or fail."""
    first_line = file.read_text().splitlines()[0]
    match = re.fullmatch(r"# Mistake: .+\. Caught by: (test_\w+(?:, test_\w+)*)", first_line)
    assert match, f"{file}: the first line must be `# Mistake: .... Caught by: test_...`"
    return match[1].split(", ")


@each_exercise
def test_the_reference_gets_all_points(
    exercise: Exercise, strict_sandbox: SandboxChoice, judges: Judges
) -> None:
    result = grade_in(strict_sandbox, exercise, exercise.reference, judges)
    assert result.verdict is Verdict.ALL_POINTS
    assert result.points == 10


@each_exercise
def test_the_stub_gets_no_point_and_readable_messages(
    exercise: Exercise, strict_sandbox: SandboxChoice, judges: Judges
) -> None:
    result = grade_in(strict_sandbox, exercise, exercise.stub, judges)
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
            lambda file: grade_in(strict_sandbox, exercise, file, judges, recording=recording),
            files,
        )
        graded = dict(zip(files, results, strict=True))
    assert {file.name: why for file in files if (why := complaint(file, graded[file]))} == {}


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
