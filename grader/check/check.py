"""The verb of this package: check exercises, and say of each what is wrong with it.

An exercise's references are graded first, since the time that they take decides how long mutants
may take. Then everything else is handed to the executor at once, and the findings are put together
in the order of the exercises.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from grader.bank import Exercise
from grader.check import candidates
from grader.check.cache import key_of
from grader.check.candidates import FileMutant
from grader.check.equivalents import Split
from grader.check.fairness import (
    Places,
    forger_findings,
    hollow_findings,
    not_graded,
    reference_findings,
    right_findings,
    slow_findings,
    stub_findings,
    wrong_findings,
)
from grader.check.gradings import Candidate, Workshop
from grader.check.matrix import caught_by, columns_of, matrix_findings
from grader.check.reading import WrongSolution
from grader.check.strength import mutant_rows, strength_findings
from grader.check.wording import wording_findings
from grader.errors import GraderError
from grader.findings import (
    Check,
    Code,
    Finding,
    Kind,
    Matrix,
    Row,
    check_from_json,
    check_to_json,
)
from grader.judge.grade import Plan
from grader.results import Result, Verdict

Name = TypeVar("Name")
Graded = list[tuple[Name, Result]]


@dataclass(frozen=True)
class Task:
    """An exercise to check, and how its submissions are graded.

    `root` is that of its bank. `image_digest` tells apart what they run in, where it is an image.
    """

    exercise: Exercise
    root: Path
    plan: Plan
    image_digest: str = ""


def check_all(tasks: Sequence[Task], workshop: Workshop) -> Iterator[Check]:
    """Check exercises, several submissions at a time; yield what was found, in order."""
    checkings = [_Checking(task, workshop) for task in tasks]
    for checking in checkings:
        checking.grade_the_rest()
    for checking in checkings:
        yield checking.result()


class _Checking:
    """The check of one exercise, from what is known already to what has to be graded."""

    def __init__(self, task: Task, workshop: Workshop) -> None:
        self._task = task
        self._workshop = workshop
        self._key = key_of(what="check", files=_hash_of_all(task), surroundings=_surroundings(task))
        known = workshop.cache.get(self._key)
        self._known = check_from_json(known) if known is not None else None
        self._steps: _Steps | Finding | None = None
        if self._known is None:
            self._steps = self._begun()

    def grade_the_rest(self) -> None:
        """Hand over what needs the reference's result."""
        if isinstance(self._steps, _Steps):
            self._steps.grade_the_rest()

    def result(self) -> Check:
        """Wait for everything, and return what was found."""
        if self._known is not None:
            return self._known
        assert self._steps is not None  # noqa: S101 - nothing is known, so it was begun
        check = (
            self._not_checked(self._steps)
            if isinstance(self._steps, Finding)
            else self._steps.result()
        )
        if not any(finding.code is Code.NOT_CHECKED for finding in check.findings):
            self._workshop.cache.put(self._key, check_to_json(check))
        return check

    def _begun(self) -> "_Steps | Finding":
        try:
            return _Steps(self._task, self._workshop)
        except GraderError as error:
            return Finding(Code.NOT_CHECKED, "", str(error), "mend that first, and check again")

    def _not_checked(self, finding: Finding) -> Check:
        exercise = self._task.exercise
        return Check(exercise.id, exercise.title, (finding,), Matrix((), ()))


class _Steps:
    """The gradings of one exercise, and the findings that follow from them."""

    def __init__(self, task: Task, workshop: Workshop) -> None:
        self._task = task
        self._exercise = task.exercise
        self._workshop = workshop
        self._places = Places(task.exercise, task.root)
        # First, since it reads every file: what cannot be read is found out before any grading.
        self._wording = wording_findings(task.exercise, task.root)
        self._mutants, self._split = candidates.mutants_to_grade(task.exercise)
        self._reference = self._graded(candidates.reference_of(self._exercise, task.plan))

    def grade_the_rest(self) -> None:
        """Begin to grade everything but the reference, mutants only where that gets all points."""
        exercise, plan = self._exercise, self._task.plan
        reference = _results(self._reference)[candidates.SEEDS[0]]
        is_right = reference.verdict is Verdict.ALL_POINTS
        short = candidates.shortened(plan, reference)
        self._examples = self._workshop.run(self._failed_examples)
        self._hollow = self._graded(candidates.hollow_of(exercise, short))
        self._wrong = self._begun(candidates.wrong_of(exercise, short))
        self._right = self._begun(candidates.right_of(exercise, plan))
        self._forgers = self._graded(candidates.forgers_of(exercise, short)) if is_right else {}
        self._mutated: list[tuple[FileMutant, Future[Result]]] = []
        if is_right:
            self._mutated = self._begun(
                [
                    (item, Candidate(candidates.mutated(exercise, item), short))
                    for item in self._mutants
                ]
            )

    def result(self) -> Check:
        """Wait for the gradings, and return what was found."""
        reference = _results(self._reference)
        first = reference[candidates.SEEDS[0]]
        wrong, mutants = _waited(self._wrong), _waited(self._mutated)
        matrix = Matrix(columns_of(first), tuple(_rows(wrong, mutants, self._split)))
        findings = [*self._findings(reference, wrong, mutants), *self._examples.result()]
        if first.verdict is Verdict.ALL_POINTS:
            findings += matrix_findings(matrix, self._places.hidden_test)
        return Check(
            exercise=self._exercise.id,
            title=self._exercise.title,
            findings=tuple(sorted([*self._wording, *findings], key=_order)),
            matrix=matrix,
            slowest_seconds=max((test.seconds for test in first.tests), default=0.0),
        )

    def _findings(
        self,
        reference: dict[int, Result],
        wrong: Graded[WrongSolution],
        mutants: Graded[FileMutant],
    ) -> Iterator[Finding]:
        """Judge all results; what could not be graded is said, and then left out."""
        places = self._places
        judged = _Sieve()
        right = _waited(self._right)
        results = judged.dict(reference, lambda seed: places.reference)
        yield from reference_findings(results, places)
        if first := results.get(candidates.SEEDS[0]):
            yield from slow_findings(first, self._task.plan.limits, places)
        hollow = judged.dict(_results(self._hollow), lambda name: f"{places.stub} ({name})")
        for name, result in hollow.items():
            if name == "stub":
                yield from stub_findings(result, places)
            else:
                yield from hollow_findings(name, result, places)
        forged = judged.dict(
            _results(self._forgers), lambda name: f"{places.hidden_test} (forger: {name})"
        )
        yield from forger_findings(forged, places)
        yield from wrong_findings(judged.list(wrong, lambda one: places.of(one.path)), places)
        yield from right_findings(judged.list(right, places.of), places)
        of_mutants = judged.list(mutants, lambda item: f"{places.reference}:{item.mutant.line}")
        equivalents = places.of(self._exercise.equivalents)
        yield from strength_findings(of_mutants, self._split, places.reference, equivalents)
        yield from judged.findings

    def _failed_examples(self) -> list[Finding]:
        """Run the stub's examples; imported here, since it takes pytest, which takes its time."""
        from grader.check.example_findings import example_findings

        return list(example_findings(self._exercise, self._task.plan, self._places.stub))

    def _graded(self, wanted: dict[Name, Candidate]) -> dict[Name, Future[Result]]:
        return dict(self._begun(list(wanted.items())))

    def _begun(self, wanted: list[tuple[Name, Candidate]]) -> list[tuple[Name, Future[Result]]]:
        surroundings = _surroundings(self._task)
        return [
            (name, self._workshop.grade(candidate, self._exercise, surroundings))
            for name, candidate in wanted
        ]


class _Sieve:
    """Lets through what was graded, and keeps a finding for everything that was not."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def list(self, graded: Graded[Name], place: Callable[[Name], str]) -> Graded[Name]:
        """Return those of named results that can be judged."""
        judged = []
        for name, result in graded:
            finding = not_graded(result, place(name))
            if finding is None:
                judged.append((name, result))
            else:
                self.findings.append(finding)
        return judged

    def dict(self, graded: dict[Name, Result], place: Callable[[Name], str]) -> dict[Name, Result]:
        """Return those of named results that can be judged."""
        return dict(self.list(list(graded.items()), place))


def _rows(wrong: Graded[WrongSolution], mutants: Graded[FileMutant], split: Split) -> Iterator[Row]:
    for one, result in wrong:
        yield Row(Kind.WRONG_SOLUTION, one.path.stem, one.mistake, caught_by(result))
    yield from mutant_rows(mutants, split)


def _waited(graded: list[tuple[Name, Future[Result]]]) -> Graded[Name]:
    return [(name, future.result()) for name, future in graded]


def _results(futures: dict[Name, Future[Result]]) -> dict[Name, Result]:
    return {name: future.result() for name, future in futures.items()}


def _order(finding: Finding) -> tuple[int, str]:
    return list(Code).index(finding.code), finding.place


def _surroundings(task: Task) -> dict[str, Any]:
    """Return what results depend on besides the submission and the grader itself."""
    exercise = task.exercise
    return {
        "exercise": [exercise.id, exercise.title, exercise.files, exercise.preload],
        "tests": _sha256(exercise.hidden_test),
        "reference": [_sha256(file) for file in _files_in(exercise.reference)],
        "plan": dataclasses.asdict(task.plan) | {"hidden_paths": []},
        "image": task.image_digest,
    }


def _hash_of_all(task: Task) -> dict[str, str]:
    """Return the hashes of all files of an exercise, by their places in the bank."""
    exercise = task.exercise
    parts = (
        *(exercise.stub, exercise.hidden_test, exercise.reference),
        *(exercise.wrong_dir, exercise.right_dir, exercise.equivalents),
    )
    files = (file for part in parts for file in _files_in(part))
    return {file.relative_to(task.root).as_posix(): _sha256(file) for file in files}


def _files_in(path: Path) -> list[Path]:
    """Return a file, or all files in a folder; [] where there is neither."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
