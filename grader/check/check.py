"""The verb of this package: check exercises, and say of each what is wrong with it.

An exercise's references are graded first, since the time that they take decides how long mutants
may take. Then everything else is handed to the executor at once, and the findings are put together
in the order of the exercises.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from grader.bank import Exercise
from grader.cache import key_of
from grader.check import candidates
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
from grader.check.gradings import Candidate, Workshop, that_matters
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
from grader.judge.grade import Plan, recording_path
from grader.results import Result, Verdict
from grader.submission import hash_path

Name = TypeVar("Name")
Begun = list[tuple[Name, Future[Result]]]
Results = list[tuple[Name, Result]]


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
        self._key = key_of(
            what="check",
            surroundings=_surroundings(task),
            files=_other_files(task.exercise),
            plan=that_matters(task.plan),
            mutators=candidates.mutators(),
        )
        known = workshop.cache.get(self._key)
        self._check = check_from_json(known) if known is not None else None
        self._steps: _Steps | None = None
        if self._check is None:
            with self._given_up_on_error():
                self._steps = _Steps(task, workshop)

    def grade_the_rest(self) -> None:
        """Hand over what needs the reference's result."""
        if self._steps is not None:
            with self._given_up_on_error():
                self._steps.grade_the_rest()

    def result(self) -> Check:
        """Wait for everything, and return what was found."""
        if self._steps is not None and self._check is None:
            with self._given_up_on_error():
                self._check = self._kept(self._steps.result())
        assert self._check is not None  # noqa: S101 - known, given up, or worked out
        return self._check

    @contextlib.contextmanager
    def _given_up_on_error(self) -> Iterator[None]:
        try:
            yield
        except GraderError as error:
            self._steps = None
            finding = Finding(Code.NOT_CHECKED, "", str(error), "mend that first, and check again")
            exercise = self._task.exercise
            self._check = Check(exercise.id, exercise.title, (finding,), Matrix((), ()))

    def _kept(self, check: Check) -> Check:
        if not any(finding.code is Code.NOT_CHECKED for finding in check.findings):
            self._workshop.cache.put(self._key, check_to_json(check))
        return check


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
        self._recording = recording_path(task.exercise, candidates.SEEDS[0])
        recorded = replace(task.plan, record_to=self._recording)
        self._reference = self._begun(candidates.reference_of(task.exercise, recorded).items())
        self._hollow: Begun[str] = []
        self._wrong: Begun[WrongSolution] = []
        self._right: Begun[Path] = []
        self._forged: Begun[str] = []
        self._mutated: Begun[FileMutant] = []
        self._examples: Future[list[Finding]] | None = None

    def grade_the_rest(self) -> None:
        """Begin to grade everything but the reference.

        Where that could not be graded, nothing is; where it loses points, nothing is that must be
        worse than it is.
        """
        exercise, reference = self._exercise, self._first()
        if reference.verdict is Verdict.NOT_GRADED:
            return
        plan = replace(self._task.plan, recording=self._recording)
        short = candidates.shortened(plan, reference)
        self._examples = self._workshop.run(self._failed_examples)
        self._hollow = self._begun(candidates.hollow_of(exercise, short).items())
        self._wrong = self._begun(candidates.wrong_of(exercise, short))
        self._right = self._begun(candidates.right_of(exercise, plan))
        if reference.verdict is Verdict.ALL_POINTS:
            self._forged = self._begun(candidates.forgers_of(exercise, short).items())
            self._mutated = self._begun(candidates.mutated_of(exercise, self._mutants, short))

    def result(self) -> Check:
        """Wait for the gradings, and return what was found."""
        first, graded = self._first(), self._graded()
        matrix = Matrix(columns_of(first), tuple(_rows(graded, self._split)))
        examples = self._examples.result() if self._examples is not None else []
        findings = [*self._wording, *self._findings(graded), *examples]
        if first.verdict is Verdict.ALL_POINTS and not graded.unjudged:
            findings += matrix_findings(matrix, self._places.hidden_test)
        return Check(
            exercise=self._exercise.id,
            title=self._exercise.title,
            findings=tuple(sorted(findings, key=_order)),
            matrix=matrix,
            slowest_seconds=max((test.seconds for test in first.tests), default=0.0),
        )

    def _first(self) -> Result:
        """Wait for what the reference has got with the first seed."""
        return self._reference[0][1].result()

    def _graded(self) -> "_Graded":
        """Wait for all gradings, and set apart what could not be graded."""
        places, sieve = self._places, _Sieve()
        return _Graded(
            reference=dict(sieve.passed(self._reference, lambda seed: places.reference)),
            hollow=dict(sieve.passed(self._hollow, lambda name: f"{places.stub} ({name})")),
            forged=dict(
                sieve.passed(self._forged, lambda name: f"{places.hidden_test} (forger: {name})")
            ),
            wrong=sieve.passed(self._wrong, lambda wrong: places.of(wrong.path)),
            right=sieve.passed(self._right, places.of),
            mutants=sieve.passed(self._mutated, self._place_of_mutant),
            unjudged=tuple(sieve.findings()),
        )

    def _findings(self, graded: "_Graded") -> Iterator[Finding]:
        places = self._places
        yield from reference_findings(graded.reference, places)
        if first := graded.reference.get(candidates.SEEDS[0]):
            yield from slow_findings(first, self._task.plan.limits, places)
        for name, result in graded.hollow.items():
            if name == candidates.STUB:
                yield from stub_findings(result, places)
            else:
                yield from hollow_findings(name, result, places)
        yield from forger_findings(graded.forged, places)
        yield from wrong_findings(graded.wrong, places)
        yield from right_findings(graded.right, places)
        equivalents = places.of(self._exercise.equivalents)
        yield from strength_findings(graded.mutants, self._split, places.reference, equivalents)
        yield from graded.unjudged

    def _failed_examples(self) -> list[Finding]:
        """Run the stub's examples; imported here, since it takes pytest, which takes its time."""
        from grader.check.example_findings import example_findings

        return list(example_findings(self._exercise, self._task.plan, self._places.stub))

    def _begun(self, wanted: Iterable[tuple[Name, Candidate]]) -> Begun[Name]:
        surroundings = _surroundings(self._task)
        return [
            (name, self._workshop.grade(candidate, self._exercise, surroundings))
            for name, candidate in wanted
        ]

    def _place_of_mutant(self, item: FileMutant) -> str:
        reference = self._places.reference
        file = f"{reference}/{item.file}" if self._exercise.is_folder else reference
        return f"{file}:{item.mutant.line}"


@dataclass(frozen=True)
class _Graded:
    """All results that can be judged, by what was graded; `unjudged` tells of the others."""

    reference: Mapping[int, Result]
    hollow: Mapping[str, Result]
    forged: Mapping[str, Result]
    wrong: Results[WrongSolution]
    right: Results[Path]
    mutants: Results[FileMutant]
    unjudged: tuple[Finding, ...]


class _Sieve:
    """Lets results pass that can be judged, and remembers why and where there was none."""

    def __init__(self) -> None:
        self._held: dict[str, list[Finding]] = {}

    def passed(self, begun: Begun[Name], place: Callable[[Name], str]) -> Results[Name]:
        """Wait for gradings, and return those of the results that can be judged."""
        judged = []
        for name, future in begun:
            result = future.result()
            finding = not_graded(result, place(name))
            if finding is None:
                judged.append((name, result))
            else:
                self._held.setdefault(finding.message, []).append(finding)
        return judged

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for each reason: what stops one grading often stops a hundred."""
        for first, *others in self._held.values():
            places = dict.fromkeys(finding.place for finding in others)
            also = tuple(f"also {place}" for place in places if place != first.place)
            yield replace(first, details=also)


def _rows(graded: _Graded, split: Split) -> Iterator[Row]:
    for wrong, result in graded.wrong:
        yield Row(Kind.WRONG_SOLUTION, wrong.path.stem, wrong.mistake, caught_by(result))
    yield from mutant_rows(graded.mutants, split)


def _order(finding: Finding) -> int:
    return list(Code).index(finding.code)


def _surroundings(task: Task) -> dict[str, Any]:
    """Return what results depend on besides the submission and the grader itself."""
    exercise = task.exercise
    return {
        "exercise": [exercise.id, exercise.title, exercise.files, exercise.preload],
        "tests": hash_path(exercise.hidden_test),
        "reference": hash_path(exercise.reference),
        "image": task.image_digest,
    }


def _other_files(exercise: Exercise) -> list[str]:
    """Return the hashes of what a check depends on besides that."""
    folders = (exercise.wrong_dir, exercise.right_dir)
    return [hash_path(path) for path in (exercise.stub, *folders, exercise.equivalents)]
