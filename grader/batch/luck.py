"""Tries the counterexamples of all on everybody, so that luck decides about nobody's grade.

Everybody gets the same drawn examples, but the search for the smallest failing one goes its own
way for each submission, and finds inputs that were drawn for nobody else. The smallest that was
found on any student is kept in the gradebook; when all have been graded, each is tried on the tests
that the others passed. Only one that the reference passes counts.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from grader.batch.keep import keep
from grader.batch.plan import Commission
from grader.batch.run import Crew, run
from grader.batch.task import Done, Task
from grader.classroom import Grade
from grader.gradebook import Key
from grader.judge.grade import recording_path
from grader.judge.recording import read_recording
from grader.outcomes import Fault, Outcome
from grader.results import Result, Verdict
from grader.submission import hash_files, hash_path, read_submission, submission_of

if TYPE_CHECKING:
    from grader.gradebook import Gradebook

Pool = Mapping[str, tuple[str, ...]]
"""The examples to try, by the name of the test."""


class SecondLook:
    """One exercise of a batch, after everybody has been graded."""

    def __init__(self, commission: Commission, gradebook: "Gradebook", crew: Crew) -> None:
        """Find out which examples there are, and which of them the reference passes."""
        self._commission = commission
        self._gradebook = gradebook
        self._crew = crew
        self._subject = commission.subject(as_parcel=crew.needs_parcels)
        self._firsts: dict[Key, Result] = {}
        self._pool = self._found_pool()
        self._state = _hash_of(self._pool)

    def count(self) -> int:
        """Return how many tasks there are."""
        return sum(1 for _ in self._grades())

    def tasks(self) -> Iterator[Task]:
        """Yield a task for each grade that examples of others have not been tried on.

        They are those for tests that were passed. Each is made when it is asked for.
        """
        return (self._task(grade, names) for grade, names in self._grades())

    def _grades(self) -> Iterator[tuple[Grade, tuple[str, ...]]]:
        """Yield the grades to look at once more, with the names of the tests to run on each."""
        if not self._pool:
            return
        for grade in self._gradebook.standing(self._commission.exercise.id):
            names = _passed_tests(self._pool, grade.result)
            if grade.tried != self._state and grade.is_graded and names:
                yield grade, names

    def settle(self, done: Done) -> None:
        """Keep what came of a task; where it could not be graded, the grade stays as it was."""
        key = done.task.key
        first = self._firsts.pop(key)
        if done.result is None or done.result.verdict is Verdict.NOT_GRADED:
            return
        result = merged(first, done.result)
        if result == first:
            self._gradebook.mark_tried(key, self._state)
        else:
            # The grade before stays in the history.
            last = self._gradebook.last_repeat(key.student, key.exercise, key.fingerprint)
            again = dataclasses.replace(key, repeat=(last or key.repeat) + 1)
            task = dataclasses.replace(done.task, key=again)
            keep(Done(task, result), self._gradebook, tried=self._state)

    def _task(self, grade: Grade, names: tuple[str, ...]) -> Task:
        exercise, order = self._commission.exercise, self._commission.order
        submission = submission_of(grade.files, exercise, grade.result.submission)
        key = Key(grade.student, grade.exercise, grade.fingerprint, grade.repeat)
        self._firsts[key] = grade.result
        return Task(
            key,
            self._subject,
            submission,
            order,
            grade.place,
            grade.is_late,
            tried=self._pool,
            only=names,
        )

    def _found_pool(self) -> Pool:
        """Return the examples that the reference passes; each of the others is left out."""
        found = self._news()
        if not found:
            return {}
        together = self._passed_by_reference(found)
        pool = {}
        for name, texts in found.items():
            if name not in together:
                texts = tuple(one for one in texts if self._passed_by_reference({name: (one,)}))
            if texts:
                pool[name] = texts
        return pool

    def _news(self) -> Pool:
        """Return the examples that were not drawn anyway, and so tried on everybody already."""
        exercise = self._commission.exercise
        examples = self._gradebook.examples(exercise.id, hash_path(exercise.hidden_test))
        recording = read_recording(recording_path(exercise, self._commission.order.seed))
        news = {}
        for name, texts in examples.items():
            drawn = set(recording.test(name).examples or ())
            if left := tuple(text for text in texts if text not in drawn):
                news[name] = left
        return news

    def _passed_by_reference(self, tried: Pool) -> set[str]:
        """Return the names of the tests that the reference passes on some examples."""
        exercise, order = self._commission.exercise, self._commission.order
        reference = read_submission(exercise.reference, exercise)
        key = Key("", exercise.id, "")
        task = Task(key, self._subject, reference, order, tried=tried)
        (done,) = run([task], self._crew, lambda task: None)
        tests = done.result.tests if done.result else ()
        return {test.name for test in tests if test.outcome is Outcome.PASSED}


def merged(first: Result, second: Result) -> Result:
    """Return a result in which a test that was passed by luck is not passed any more."""
    failed = {test.name: test for test in second.tests if test.outcome.fault is Fault.SUBMISSION}
    tests = tuple(failed.get(test.name, test) for test in first.tests)
    return dataclasses.replace(first, tests=tests)


def _passed_tests(pool: Pool, result: Result) -> tuple[str, ...]:
    passed = {test.name for test in result.tests if test.outcome is Outcome.PASSED}
    return tuple(name for name in pool if name in passed)


def _hash_of(pool: Pool) -> str:
    return hash_files({name: "\n".join(texts).encode() for name, texts in pool.items()})
