"""What is filed in a gradebook: one result, and the key under which it is found again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grader.results import Result


@dataclass(frozen=True)
class Key:
    """What tells one grade from all others.

    `student` and `exercise` are ids; `fingerprint` (64 hex digits) is the hash of all that the
    grade depends on; `repeat` counts how often the same has been graded before.
    """

    student: str
    exercise: str
    fingerprint: str
    repeat: int = 0


@dataclass(frozen=True)
class Filed:
    """One result as it is stored.

    `files` are those of the submission, by their relative names; `graded_at` is in UTC; `is_late`
    and `place` are those of the hand-in (`grader.classroom.HandIn`). `tried` is
    the hash of other students' counterexamples that were tried on it, "" where none were.
    """

    key: Key
    result: Result
    files: Mapping[str, bytes] = field(repr=False)
    graded_at: datetime
    is_late: bool = False
    place: str = ""
    tried: str = ""

    def __post_init__(self) -> None:
        if self.graded_at.tzinfo is None:
            raise ValueError("graded_at has no time zone")
