"""Grades what a gradebook holds again, where the exercise or how it is graded has changed since."""

from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass

from grader.bank import Bank, Exercise
from grader.batch.compare import TestChange, compare
from grader.batch.confirm import confirmed
from grader.batch.keep import keep
from grader.batch.parcel import Parcel
from grader.batch.plan import Commission
from grader.batch.run import Crew, run
from grader.batch.task import Done, Task
from grader.classroom import Grade
from grader.gradebook import Gradebook, Key
from grader.results import Result, Verdict
from grader.submission import submission_of


@dataclass(frozen=True)
class Change:
    """What a new grading of a submission came to, beside the one before."""

    done: Done
    before: Result

    @property
    def is_graded(self) -> bool:
        """Whether there is a new grade at all."""
        return self.done.result is not None and self.done.result.verdict is not Verdict.NOT_GRADED

    @property
    def tests(self) -> tuple[TestChange, ...]:
        """The tests of which it says something else; none where there is no new grade."""
        after = self.done.result
        return compare(self.before, after) if after is not None and self.is_graded else ()

    @property
    def points(self) -> int:
        """The points that the student gains, or loses where it is below 0."""
        return sum(test.points for test in self.tests)


class Regrading:
    """The grades of a gradebook that are out of date, and what grading them again comes to."""

    def __init__(
        self,
        bank: Bank,
        gradebook: Gradebook,
        commission_for: Callable[[str], Commission],
        crew: Crew,
    ) -> None:
        self._bank = bank
        self._gradebook = gradebook
        self._commission_for = commission_for
        self._crew = crew
        self._subjects: dict[str, Exercise | Parcel] = {}

    def count(self, exercises: Collection[str] = ()) -> int:
        """Return how many grades are out of date; `exercises` as for `run`."""
        return sum(1 for _ in self._tasks(exercises))

    def run(
        self, on_start: Callable[[Task], None], exercises: Collection[str] = ()
    ) -> Generator[Change, None, None]:
        """Grade again what is out of date, and yield what each comes to, as it becomes known.

        Args:
            on_start: told of each task that is handed out.
            exercises: only these; empty means all that the bank still has.
        """
        befores: dict[Key, Result] = {}

        def tasks() -> Iterator[Task]:
            for task, before in self._tasks(exercises):
                befores[task.key] = before
                yield task

        for done in confirmed(run(tasks(), self._crew, on_start), self._crew):
            yield Change(done, befores.pop(done.task.key))

    def _tasks(self, exercises: Collection[str]) -> Iterator[tuple[Task, Result]]:
        """Yield a task for each grade that is out of date, and its result until now."""
        known = [exercise.id for exercise in self._bank.exercises]
        for exercise in dict.fromkeys(exercises or known):
            for grade in self._gradebook.standing(exercise):
                task = self._task(grade)
                if task is not None:
                    yield task, grade.result

    def _task(self, grade: Grade) -> Task | None:
        """Return how to grade a submission again, None where nothing has changed."""
        commission = self._commission_for(grade.exercise)
        submission = submission_of(grade.files, commission.exercise, grade.result.submission)
        fingerprint = commission.fingerprint(submission)
        if fingerprint == grade.fingerprint:
            return None
        if grade.exercise not in self._subjects:
            subject = commission.subject(as_parcel=self._crew.needs_parcels)
            self._subjects[grade.exercise] = subject
        repeat = self._gradebook.last_repeat(grade.student, grade.exercise, fingerprint)
        key = Key(grade.student, grade.exercise, fingerprint, 0 if repeat is None else repeat + 1)
        subject = self._subjects[grade.exercise]
        return Task(key, subject, submission, commission.order, grade.place, grade.is_late)


def store_changes(changes: Collection[Change], gradebook: Gradebook) -> None:
    """Keep the new grades; those before stay as history."""
    for change in changes:
        if change.is_graded:
            keep(change.done, gradebook)
