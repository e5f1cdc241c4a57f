"""What is handed to whoever grades: one submission, one exercise and how, all of it plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.bank import Exercise
from grader.batch.parcel import Parcel, unpack
from grader.gradebook import Key
from grader.limits import Limits
from grader.results import Result
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission


@dataclass(frozen=True)
class Order:
    """How to grade, for all submissions of an exercise alike.

    `hidden_paths` are folders that a sandbox of this machine must not show.
    """

    sandbox: SandboxChoice
    limits: Limits
    seed: int
    hidden_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One submission to grade, and the key under which its grade is kept.

    `exercise` is the exercise itself for whoever has the bank's files, or else a parcel of them.
    With `tried`, only the tests in it are run, and on these examples alone (as
    `TestRecord.example`) instead of those that are drawn. With `only`, the others are left out. One
    that `is_alone` has nothing beside it, and so gets all the time that there is for it.
    """

    key: Key
    exercise: Exercise | Parcel
    submission: Submission
    order: Order
    place: str = ""
    is_late: bool = False
    tried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    is_alone: bool = False

    def unpacked(self) -> Exercise:
        """Return the exercise with files on this machine."""
        return unpack(self.exercise) if isinstance(self.exercise, Parcel) else self.exercise

    @property
    def shown(self) -> str:
        """What a teacher calls it: whose it is, and for which exercise."""
        return f"{self.key.student}, {self.key.exercise}"


@dataclass(frozen=True)
class Done:
    """What became of a task: a result, or else the sentence that says why there is none."""

    task: Task
    result: Result | None
    reason: str = ""
