"""Chooses, among all files that one student has for one exercise, those that are graded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.bank import Exercise
from grader.intake.entries import Entry
from grader.intake.layouts import Claim
from grader.messages import inert_line


@dataclass(frozen=True)
class Candidate:
    """A file that a student may mean for an exercise."""

    entry: Entry
    claim: Claim
    is_late: bool = False

    @property
    def root(self) -> str:
        """The folder in which the exercise's files lie, "" where names are flat."""
        end = f"/{self.claim.file}"
        return self.entry.name.removesuffix(end) if self.entry.name.endswith(end) else ""


@dataclass(frozen=True)
class Choice:
    """The files to grade, by the exercise's names for them, and those that are left alone.

    With a `refusal`, a sentence, nothing is graded.
    """

    files: Mapping[str, Candidate]
    left: tuple[Candidate, ...] = ()
    refusal: str = ""


def choose(found: Sequence[Candidate], exercise: Exercise) -> Choice:
    """Choose the files of a submission for `exercise`.

    A file by the exercise's own name comes before any other, and the latest of those that Canvas
    has numbered before the earlier ones. Where several are left, none is taken.
    """
    pools = {
        file: list(_best([one for one in found if one.claim.file == file]))
        for file in exercise.files
    }
    doubled = next((pool for pool in pools.values() if len(pool) > 1), None)
    if doubled:
        return _undecided(found, [one.entry.name for one in doubled])
    files = {file: pool[0] for file, pool in pools.items() if pool}
    roots = sorted({one.root for one in files.values()})
    if exercise.is_folder and len(roots) > 1:
        return _undecided(found, roots)
    left = tuple(one for one in found if one not in files.values())
    return Choice(files, left)


def _undecided(found: Sequence[Candidate], places: Sequence[str]) -> Choice:
    named = ", ".join(inert_line(place) for place in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    refusal = f"Several files may be meant, so none is graded: {named}{more}."
    return Choice({}, refusal=refusal)


def _best(pool: list[Candidate]) -> Iterator[Candidate]:
    exact = [one for one in pool if one.claim.is_exact]
    last = max((one.claim.attempt for one in exact), default=0)
    yield from [one for one in exact if one.claim.attempt == last] or pool
