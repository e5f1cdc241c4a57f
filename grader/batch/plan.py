"""Decides what a batch has to grade: each submission, unless the gradebook has it already."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.bank import Exercise
from grader.batch.parcel import Parcel, hash_exercise, pack
from grader.batch.task import Order, Task
from grader.classroom import HandIn
from grader.gradebook import Key
from grader.submission import Submission, hash_files

if TYPE_CHECKING:
    from grader.gradebook import Gradebook


@dataclass(frozen=True)
class Commission:
    """An exercise of a class as it is graded: what is handed out, how, and in which image.

    `image_digest` is that of the sandbox's image, "" where it has none.
    """

    exercise: Exercise
    root: Path
    order: Order
    image_digest: str

    def fingerprint(self, submission: Submission) -> str:
        """Return the hash (64 hex digits) of all that a submission's grade depends on.

        Not of the grader's own code: whoever wants a class graded anew because of that says so.
        """
        exercise = self.exercise
        parts = {
            "submission": submission.sha256,
            "complaint": submission.complaint,
            "exercise": self._exercise_sha256,
            "files": repr((exercise.id, exercise.files, exercise.preload)),
            "sandbox": repr((self.order.sandbox, self.image_digest)),
            "limits": repr(sorted(dataclasses.asdict(self.order.limits).items())),
            "seed": str(self.order.seed),
        }
        return hash_files({name: text.encode() for name, text in parts.items()})

    @functools.cached_property
    def _exercise_sha256(self) -> str:
        return hash_exercise(self.exercise)

    def subject(self, *, as_parcel: bool) -> Exercise | Parcel:
        """Return the exercise as whoever grades is handed it."""
        return pack(self.exercise, self.root) if as_parcel else self.exercise


@dataclass(frozen=True)
class Pending:
    """A hand-in under the key of its grade, and what is handed out with it."""

    key: Key
    hand_in: HandIn
    exercise: Exercise | Parcel
    order: Order

    def task(self) -> Task:
        """Return the task, with the submission in memory."""
        hand_in = self.hand_in
        return Task(
            key=self.key,
            exercise=self.exercise,
            submission=hand_in.submission,
            order=self.order,
            place=hand_in.place,
            is_late=hand_in.is_late,
        )


@dataclass(frozen=True)
class Planned:
    """What is to be graded, and what has been and is unchanged."""

    pending: tuple[Pending, ...]
    unchanged: tuple[Pending, ...]

    def tasks(self) -> Iterator[Task]:
        """Yield the tasks, each made when it is asked for."""
        return (one.task() for one in self.pending)


def plan_batch(
    hand_ins: Iterable[HandIn],
    commission_for: Callable[[str], Commission],
    gradebook: "Gradebook",
    *,
    force: bool = False,
    as_parcels: bool = False,
) -> Planned:
    """Return a task for each submission that the gradebook has no grade of.

    Args:
        hand_ins: the submissions.
        commission_for: takes an exercise's id; returns how it is graded.
        gradebook: what has been graded.
        force: grade everything once more.
        as_parcels: hand the exercises out as data.
    """
    subjects: dict[str, Exercise | Parcel] = {}
    found = []
    for hand_in in hand_ins:
        commission = commission_for(hand_in.exercise)
        if hand_in.exercise not in subjects:
            subjects[hand_in.exercise] = commission.subject(as_parcel=as_parcels)
        key = Key(hand_in.student, hand_in.exercise, commission.fingerprint(hand_in.submission))
        key = _next(key, gradebook) if force else _latest(key, gradebook)
        found.append(Pending(key, hand_in, subjects[hand_in.exercise], commission.order))
    known = set() if force else gradebook.known({one.key for one in found})
    return Planned(
        tuple(one for one in found if one.key not in known),
        tuple(one for one in found if one.key in known),
    )


def _latest(key: Key, gradebook: "Gradebook") -> Key:
    repeat = gradebook.last_repeat(key.student, key.exercise, key.fingerprint)
    return dataclasses.replace(key, repeat=repeat or 0)


def _next(key: Key, gradebook: "Gradebook") -> Key:
    """Return the key that no grade has yet."""
    repeat = gradebook.last_repeat(key.student, key.exercise, key.fingerprint)
    return dataclasses.replace(key, repeat=0 if repeat is None else repeat + 1)
