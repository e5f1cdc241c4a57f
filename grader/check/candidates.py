"""Everything that is graded to check an exercise: honest, hollow, wrong, mutated and forged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.bank import Exercise
from grader.check.equivalents import Split, read_equivalents, split
from grader.check.gradings import Candidate
from grader.check.hollow import empty_functions, first_arguments
from grader.check.mutants import Mutant, mutants_of
from grader.check.reading import (
    WrongSolution,
    read_hidden_tests,
    read_wrong_solutions,
    solutions_in,
)
from grader.judge.grade import Plan
from grader.results import Result
from grader.sandbox.forger import FORGERS, PREVIOUS_ANSWER
from grader.submission import Submission, read_submission

SEEDS = (0, 1, 2)
"""The reference must get all points with each of them; everything else is graded with the first."""

# What is expected to fail must not take as long as a student may: it is known what the reference
# takes. Past three tests that never end, the others are not waited for.
LEAST_SECONDS = 2.0
SLOWER_THAN_REFERENCE = 20.0
HANGS_WAITED_FOR = 3


@dataclass(frozen=True)
class FileMutant:
    """A mutant of one file of the reference; `file` is its name in a submission."""

    file: str
    mutant: Mutant


def reference_of(exercise: Exercise, plan: Plan) -> dict[int, Candidate]:
    """Return the reference with each of the SEEDS."""
    reference = read_submission(exercise.reference, exercise)
    return {seed: Candidate(reference, replace(plan, seed=seed)) for seed in SEEDS}


def hollow_of(exercise: Exercise, plan: Plan) -> dict[str, Candidate]:
    """Return, by name, what does nothing: the stub, empty functions, returned first arguments."""
    stub = read_submission(exercise.stub, exercise)
    if stub.complaint:
        return {"stub": Candidate(stub, plan)}
    return {
        "stub": Candidate(stub, plan),
        "empty functions": Candidate(_rewritten(stub, empty_functions), plan),
        "first argument": Candidate(_rewritten(stub, first_arguments), plan),
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
        GraderError: when mutmut is not installed.
        BankError: when the file of equivalent mutants is wrong.
    """
    reference = read_submission(exercise.reference, exercise)
    with_messages = read_hidden_tests(exercise.hidden_test).matches_messages
    mutants = [
        FileMutant(name, mutant)
        for name, content in reference.files.items()
        if name.endswith(".py")
        for mutant in mutants_of(content.decode("utf-8-sig"), with_messages=with_messages)
    ]
    known = read_equivalents(exercise.equivalents)
    return mutants, split([item.mutant for item in mutants], known)


def mutated(exercise: Exercise, item: FileMutant) -> Submission:
    """Return the reference with one of its files mutated."""
    reference = read_submission(exercise.reference, exercise)
    files = {**reference.files, item.file: item.mutant.source.encode()}
    return replace(reference, path=f"mutant {item.mutant.number} of {item.file}", files=files)


def shortened(plan: Plan, reference: Result) -> Plan:
    """Return the plan with time limits that follow from what the reference took."""
    slowest = max((test.seconds for test in reference.tests), default=0.0)
    seconds = max(LEAST_SECONDS, SLOWER_THAN_REFERENCE * slowest)
    limits = plan.limits
    changes: Mapping[str, object] = {
        "test_seconds": min(limits.test_seconds, seconds),
        "submission_seconds": min(limits.submission_seconds, HANGS_WAITED_FOR * seconds),
    }
    return replace(plan, limits=limits.replace(changes))


def _rewritten(stub: Submission, rewrite: Callable[[str], str]) -> Submission:
    files = {
        name: rewrite(content.decode("utf-8-sig")).encode() if name.endswith(".py") else content
        for name, content in stub.files.items()
    }
    return replace(stub, files=files)
