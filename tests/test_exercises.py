"""Every exercise of the bank, graded for real: the reference, the stub, and each known mistake."""

import doctest
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.bank import Exercise
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
WRONG = [
    (exercise, file)
    for exercise in BANK.exercises
    for file in sorted(exercise.wrong_dir.glob("*.py"))
]


def mistakes() -> Iterator[object]:
    """Yield each mistake in each sandbox; in one of the two it waits for `pytest -m long`."""
    for number, (exercise, file) in enumerate(WRONG):
        for name in SANDBOXES:
            marks = [pytest.mark.docker] if name == "docker" else []
            if name != SANDBOXES[number % 2]:
                marks.append(pytest.mark.long)
            yield pytest.param(
                exercise, file, name, marks=marks, id=f"{exercise.id}-{file.stem}-{name}"
            )


each_exercise = pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda one: one.id)
each_mistake = pytest.mark.parametrize(
    ("exercise", "file", "strict_sandbox"), list(mistakes()), indirect=["strict_sandbox"]
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
    judges: Judges | None = None,
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
def test_the_reference_gets_all_points(exercise: Exercise, strict_sandbox: SandboxChoice) -> None:
    result = grade_in(strict_sandbox, exercise, exercise.reference)
    assert result.verdict is Verdict.ALL_POINTS
    assert result.points == 10


@each_exercise
def test_the_stub_gets_no_point_and_readable_messages(
    exercise: Exercise, strict_sandbox: SandboxChoice
) -> None:
    result = grade_in(strict_sandbox, exercise, exercise.stub)
    assert result.verdict is Verdict.NOT_ALL_POINTS
    assert result.points == 0
    for test in result.tests:
        assert test.outcome.fault is Fault.SUBMISSION
        assert test.title
        assert test.message.startswith(("Your code", "Your file"))


@each_mistake
def test_each_mistake_is_caught_by_the_test_that_it_names(
    exercise: Exercise,
    file: Path,
    strict_sandbox: SandboxChoice,
    judges: Judges,
    recordings: Recordings,
) -> None:
    recording = recordings(exercise)
    result = grade_in(strict_sandbox, exercise, file, judges, recording=recording)
    outcomes = {test.name: test.outcome for test in result.tests}
    for name in named_tests(file):
        assert outcomes[name].fault is Fault.SUBMISSION
    assert Outcome.DOES_NOT_LOAD not in outcomes.values()


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
