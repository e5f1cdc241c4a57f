"""Decides what a batch has to grade: each submission, unless the gradebook has it already."""

import dataclasses
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.bank import Exercise
from grader.batch.parcel import Parcel, hash_exercise, pack
from grader.batch.task import Order, Task
from grader.classroom import HandIn
from grader.gradebook import Gradebook, Key
from grader.submission import Submission, hash_files


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
class Planned:
    """What is to be graded, and how many submissions have been and are unchanged."""

    tasks: tuple[Task, ...]
    unchanged: tuple[Task, ...]


def plan_batch(
    hand_ins: Iterable[HandIn],
    commission_for: Callable[[str], Commission],
    gradebook: Gradebook,
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
    tasks = []
    for hand_in in hand_ins:
        commission = commission_for(hand_in.exercise)
        if hand_in.exercise not in subjects:
            subjects[hand_in.exercise] = commission.subject(as_parcel=as_parcels)
        fingerprint = commission.fingerprint(hand_in.submission)
        tasks.append(
            Task(
                key=Key(hand_in.student, hand_in.exercise, fingerprint),
                exercise=subjects[hand_in.exercise],
                submission=hand_in.submission,
                order=commission.order,
                place=hand_in.place,
                is_late=hand_in.is_late,
            )
        )
    if force:
        return Planned(tuple(_again(task, gradebook) for task in tasks), ())
    tasks = [dataclasses.replace(task, key=_latest(task.key, gradebook)) for task in tasks]
    known = gradebook.known({task.key for task in tasks})
    return Planned(
        tuple(task for task in tasks if task.key not in known),
        tuple(task for task in tasks if task.key in known),
    )


def _latest(key: Key, gradebook: Gradebook) -> Key:
    repeat = gradebook.last_repeat(key.student, key.exercise, key.fingerprint)
    return dataclasses.replace(key, repeat=repeat or 0)


def _again(task: Task, gradebook: Gradebook) -> Task:
    """Return the task under a key that no grade has yet."""
    repeat = gradebook.last_repeat(task.key.student, task.key.exercise, task.key.fingerprint)
    key = dataclasses.replace(task.key, repeat=0 if repeat is None else repeat + 1)
    return dataclasses.replace(task, key=key)
