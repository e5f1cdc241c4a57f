"""Everything that is graded to check an exercise: honest, hollow, wrong, mutated and forged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grader.bank import Exercise
from grader.check.equivalents import Split, read_equivalents, split
from grader.check.gradings import Candidate
from grader.check.hollow import empty_functions, first_arguments
from grader.check.mutants import Mutant, mutants_of
from grader.check.reading import (
    WrongSolution,
    files_of,
    read_hidden_tests,
    read_python,
    read_wrong_solutions,
    solutions_in,
)
from grader.judge.grade import Plan
from grader.results import Result
from grader.sandbox.forger import FORGERS, PREVIOUS_ANSWER
from grader.submission import Submission, read_submission

SEEDS = (0, 1, 2)
"""The reference must get all points with each of them; everything else is graded with the first."""

STUB, EMPTY, FIRST_ARGUMENT = "stub", "empty functions", "first argument"
"""The names of what does nothing."""

# What is expected to fail must not take as long as a student may: it is known what the reference
# takes. Past three tests that never end, the others are not waited for. But many tests that are
# all quick must not run out of time together, which would catch whatever is graded.
LEAST_SECONDS = 2.0
SLOWER_THAN_REFERENCE = 20.0
HANGS_WAITED_FOR = 3
ALL_SLOWER_THAN_REFERENCE = 5.0


@dataclass(frozen=True)
class FileMutant:
    """A mutant of one file of the reference; `file` is its name in a submission."""

    file: str
    mutant: Mutant


def reference_of(exercise: Exercise, plan: Plan) -> dict[int, Candidate]:
    """Return the reference with each of the SEEDS; the first one's examples are recorded."""
    reference = read_submission(exercise.reference, exercise)
    unrecorded = replace(plan, record_to=None)
    others = {seed: Candidate(reference, replace(unrecorded, seed=seed)) for seed in SEEDS[1:]}
    return {SEEDS[0]: Candidate(reference, replace(plan, seed=SEEDS[0])), **others}


def hollow_of(exercise: Exercise, plan: Plan) -> dict[str, Candidate]:
    """Return, by name, what does nothing: the stub, empty functions, returned first arguments."""
    stub = read_submission(exercise.stub, exercise)
    if stub.complaint:
        return {STUB: Candidate(stub, plan)}
    return {
        STUB: Candidate(stub, plan),
        EMPTY: Candidate(_rewritten(stub, empty_functions), plan),
        FIRST_ARGUMENT: Candidate(_rewritten(stub, first_arguments), plan),
    }


def forgers_of(exercise: Exercise, plan: Plan) -> dict[str, Candidate]:
    """Return, by the forger's name, the submissions whose answers are forged."""
    stub = read_submission(exercise.stub, exercise)
    reference = read_submission(exercise.reference, exercise)
    return {
        name: Candidate(
            reference if name == PREVIOUS_ANSWER else stub,
            replace(plan, sandbox=replace(plan.sandbox, forger=name)),
        )
        for name in FORGERS
    }


def wrong_of(exercise: Exercise, plan: Plan) -> list[tuple[WrongSolution, Candidate]]:
    """Return the wrong solutions."""
    return [
        (wrong, Candidate(read_submission(wrong.path, exercise), plan))
        for wrong in read_wrong_solutions(exercise)
    ]


def right_of(exercise: Exercise, plan: Plan) -> list[tuple[Path, Candidate]]:
    """Return the solutions besides the reference that are right as well."""
    return [
        (path, Candidate(read_submission(path, exercise), plan))
        for path in solutions_in(exercise.right_dir, exercise)
    ]


def mutants_to_grade(exercise: Exercise) -> tuple[list[FileMutant], Split]:
    """Return the mutants of the reference's Python files, and what is known to be equivalent.

    Raises:
        GraderError: when a file of the reference is no Python, or mutmut is not installed.
        BankError: when the file of equivalent mutants is wrong.
    """
    with_messages = read_hidden_tests(exercise.hidden_test).matches_messages
    mutants = [
        FileMutant(_name_in_submission(path, exercise), mutant)
        for path in files_of(exercise.reference, exercise)
        if path.suffix == ".py"
        for mutant in mutants_of(read_python(path).source, with_messages=with_messages)
    ]
    known = read_equivalents(exercise.equivalents)
    return mutants, split([item.mutant for item in mutants], known)


def mutators() -> dict[str, str]:
    """Return the versions of what makes the mutants, "" for what is not installed."""
    found = {}
    for package in ("mutmut", "libcst"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def mutated_of(
    exercise: Exercise, mutants: Sequence[FileMutant], plan: Plan
) -> list[tuple[FileMutant, Candidate]]:
    """Return the reference with one mutant in it, for each mutant."""
    reference = read_submission(exercise.reference, exercise)
    return [(item, Candidate(_mutated(reference, item), plan)) for item in mutants]


def shortened(plan: Plan, reference: Result) -> Plan:
    """Return the plan with time limits that follow from what the reference took."""
    took = [test.seconds for test in reference.tests]
    seconds = max(LEAST_SECONDS, SLOWER_THAN_REFERENCE * max(took, default=0.0))
    in_all = HANGS_WAITED_FOR * seconds + ALL_SLOWER_THAN_REFERENCE * sum(took)
    limits = plan.limits
    changes: Mapping[str, object] = {
        "test_seconds": min(limits.seconds_for(None), seconds),
        "submission_seconds": min(limits.submission_seconds, in_all),
    }
    return replace(plan, limits=limits.replace(changes))


def _name_in_submission(path: Path, exercise: Exercise) -> str:
    folder = exercise.reference
    return path.relative_to(folder).as_posix() if exercise.is_folder else exercise.files[0]


def _mutated(reference: Submission, item: FileMutant) -> Submission:
    files = {**reference.files, item.file: item.mutant.source.encode()}
    return replace(reference, path=f"mutant {item.mutant.number} of {item.file}", files=files)


def _rewritten(stub: Submission, rewrite: Callable[[str], str]) -> Submission:
    files = {
        name: rewrite(content.decode("utf-8-sig")).encode() if name.endswith(".py") else content
        for name, content in stub.files.items()
    }
    return replace(stub, files=files)
