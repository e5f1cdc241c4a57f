"""The records of a class: who is in it, what was handed in, and what became of that.

They pass from what reads a class's files (`grader.intake`) to what grades them (`grader.batch`),
keeps them (`grader.gradebook`) and shows them (`grader.reports`).
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grader.results import Result, Verdict
from grader.submission import Submission


@dataclass(frozen=True)
class Student:
    """One person of a class.

    `id` is what a roster, or a course system's file names, call them; `system_id` is the number
    that Canvas or Moodle has for them, as its spreadsheet and file names do. The other texts are ""
    where nothing is known.
    """

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    system_id: str = ""

    @property
    def shown(self) -> str:
        """The name where there is one, else the id."""
        return self.name or self.id


@dataclass(frozen=True)
class HandIn:
    """One submission as a class's files hold it.

    `place` is where it was found, relative to what was named ("anna/decorators.py"), with "/".
    `read` gives the submission as it was when the files were read; a class's submissions are not
    all in memory at once. `is_late` is what the course system's file name says of it.
    """

    student: str
    exercise: str
    place: str
    read: Callable[[], Submission] = field(repr=False, compare=False)
    is_late: bool = False

    @property
    def submission(self) -> Submission:
        """What was handed in."""
        return self.read()


@dataclass(frozen=True)
class Refusal:
    """A file that is not graded, and why.

    `student` and `exercise` are ids, "" where they cannot be told.
    """

    place: str
    reason: str
    student: str = ""
    exercise: str = ""


@dataclass(frozen=True)
class Intake:
    """All that was found among a class's files.

    `layout` is the name of the layout; `unmatched` are files that belong to nobody or to no
    exercise, and are left alone; `refusals` are those that would have been graded if they could.
    `students` are those of the roster, or else those that the files name; in this order.
    """

    layout: str
    students: tuple[Student, ...]
    hand_ins: tuple[HandIn, ...]
    refusals: tuple[Refusal, ...] = ()
    unmatched: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Grade:
    """What became of one student's submission for one exercise.

    `graded_at` is in UTC. `files` are those of the submission, by their relative names. `number`
    is the gradebook's own, and grows with time. `place` is that of the hand-in, "" where it is not
    known. `fingerprint` and `repeat` are those of its key in the gradebook; `tried` is the hash of
    other students' counterexamples that were tried on it, "" where none were.
    """

    student: str
    exercise: str
    result: Result
    graded_at: datetime
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    is_late: bool = False
    number: int = 0
    place: str = ""
    fingerprint: str = ""
    repeat: int = 0
    tried: str = ""

    @property
    def is_graded(self) -> bool:
        """Whether it has points at all."""
        return self.result.verdict is not Verdict.NOT_GRADED


@dataclass(frozen=True)
class Topic:
    """An exercise as a class's reports name it."""

    id: str
    title: str
    section: str = ""
    max_points: int = 0


@dataclass(frozen=True)
class ClassRecord:
    """What is known of a class at one moment: all that its reports know.

    `grades` holds at most one for each student and exercise, the newest. `topics` stand in the
    order of the bank, `students` in that of the roster (else by id).
    """

    title: str
    topics: tuple[Topic, ...]
    students: tuple[Student, ...]
    grades: tuple[Grade, ...]
    refusals: tuple[Refusal, ...] = ()

    @functools.cached_property
    def by_pair(self) -> Mapping[tuple[str, str], Grade]:
        """The grades by (student's id, exercise's id)."""
        return {(grade.student, grade.exercise): grade for grade in self.grades}

    @property
    def missing(self) -> tuple[tuple[Student, Topic], ...]:
        """Who has handed in nothing for which exercise."""
        known = self.by_pair
        return tuple(
            (student, topic)
            for student in self.students
            for topic in self.topics
            if (student.id, topic.id) not in known
        )
