"""Reads a class's files: from a folder or a zip to hand-ins, and a reason for all the rest."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.bank import Bank, Exercise, absolute
from grader.classroom import HandIn, Intake, Refusal, Student
from grader.errors import GraderError
from grader.intake.choice import Candidate, choose
from grader.intake.entries import Entry
from grader.intake.layouts import Claim, Known, Reading
from grader.intake.people import Person, find_people
from grader.intake.recognise import View, is_safe, layout_named, recognise
from grader.intake.shelf import Shelf
from grader.intake.sources import open_source
from grader.messages import cut, inert_line
from grader.submission import submission_of

MAX_LISTED = 100
"""How many of the files that are left alone are listed for each folder at the top."""


def read_intake(
    path: Path,
    bank: Bank,
    *,
    layout: str | None = None,
    roster: tuple[Student, ...] = (),
    exercise: str | None = None,
) -> Intake:
    """Read what a class has handed in, from a folder or a zip.

    `layout` is the name of one of `LAYOUTS`; without it, the layout is recognised. `exercise` is
    for files of one assignment: each student's file is for it, whatever its name, if it is the only
    one that fits. With a `roster` all hand-ins are those of its students.

    Everything that is wrong with one file is a refusal of that file.

    Raises:
        UsageError: when the path is no folder and no zip, there is no such layout or exercise, or
            the layout cannot be recognised.
    """
    insisted = layout_named(layout) if layout else None
    only = bank.find(exercise) if exercise else None
    place = absolute(path)
    folder = place.name if place.is_dir() else place.stem
    with open_source(path) as entries:
        known = Known(bank.exercises, only, folder)
        view = recognise(entries, known, insisted, inert_line(str(path)))
        return _Reader(view, bank, roster).intake(entries)


@dataclass(frozen=True)
class _Files:
    """The files of one student for one exercise, before some of them are chosen."""

    student: Student
    exercise: Exercise
    found: tuple[Candidate, ...]


class _Reader:
    """Makes the intake of a view, and collects on the way what is refused and left alone."""

    def __init__(self, view: View, bank: Bank, roster: tuple[Student, ...]) -> None:
        self._view = view
        self._exercises = {exercise.id: exercise for exercise in bank.exercises}
        self._roster = roster
        self._people = _people_of(view, roster)
        self._shelf = Shelf()
        self._refusals: list[Refusal] = []
        self._unmatched: list[Refusal] = []

    def intake(self, entries: Iterable[Entry]) -> Intake:
        for entry in entries:
            if not is_safe(entry):
                self._refuse(entry.name, entry.refusal)
        settled = self._settled()
        students = self._students(settled)
        hand_ins = tuple(self._hand_ins(settled, students))
        return Intake(
            self._view.layout.name,
            students,
            hand_ins,
            tuple(_shortened(self._refusals, "could not be read")),
            tuple(_shortened(self._unmatched, "fit no exercise")),
        )

    def _refuse(
        self, place: str, reason: str, student: Student | None = None, exercise: str = ""
    ) -> None:
        who = student.id if student else ""
        self._refusals.append(Refusal(cut(inert_line(place)), reason, who, exercise))

    def _settled(self) -> Mapping[tuple[str, str], _Files]:
        """Return the files by (student's id, exercise's id); what cannot be settled is refused."""
        found: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        students: dict[str, Student] = {}
        for entry, reading in self._view.files:
            meant = self._meant(entry, reading)
            if meant is None:
                continue
            student, claim = meant
            students[student.id] = student
            found[student.id, claim.exercise].append(Candidate(entry, claim, reading.is_late))
        return {
            (student, exercise): _Files(
                students[student], self._exercises[exercise], tuple(candidates)
            )
            for (student, exercise), candidates in found.items()
        }

    def _meant(self, entry: Entry, reading: Reading) -> tuple[Student, Claim] | None:
        """Return whose file it is, and for what; where that is not certain, say so and nothing."""
        if not reading.claims:
            self._leave(entry, reading)
            return None
        claims = reading.claims
        if len({claim.student for claim in claims}) > 1 and self._roster:
            claims = tuple(one for one in claims if self._people[one.student].student) or claims
        pairs = {(claim.student, claim.exercise) for claim in claims}
        if len(pairs) > 1:
            self._refuse(entry.name, _unclear(pairs))
            return None
        claim = claims[0]
        person = self._people[claim.student]
        if person.student is None:
            self._refuse(entry.name, person.refusal, exercise=claim.exercise)
            return None
        return person.student, claim

    def _leave(self, entry: Entry, reading: Reading) -> None:
        """Note a file that is for no exercise; one that could not be read either is refused."""
        person = self._people.get(reading.student, Person())
        if entry.refusal or reading.is_archive:
            self._refuse(entry.name, entry.refusal or reading.reason, person.student)
            return
        who = person.student.id if person.student else ""
        self._unmatched.append(Refusal(cut(inert_line(entry.name)), reading.reason, who))

    def _students(self, settled: Mapping[tuple[str, str], _Files]) -> tuple[Student, ...]:
        """Return the class: the roster, or else everybody whom the files name."""
        found = {one.student.id: one.student for one in self._people.values() if one.student}
        if self._roster:
            return tuple(found.get(student.id, student) for student in self._roster)
        named = {student for student, _ in settled}
        for key, _ in _owners(self._view):
            owner = self._people[key].student
            named |= {owner.id} if owner else set()
        return tuple(found[student] for student in sorted(named))

    def _hand_ins(
        self, settled: Mapping[tuple[str, str], _Files], students: Iterable[Student]
    ) -> Iterator[HandIn]:
        for student in students:
            for exercise in self._exercises:
                files = settled.get((student.id, exercise))
                hand_in = self._hand_in(files) if files else None
                if hand_in:
                    yield hand_in

    def _hand_in(self, files: _Files) -> HandIn | None:
        """Read a hand-in, or refuse it as a whole: half a submission is not what was handed in."""
        choice = choose(files.found, files.exercise)
        chosen = choice.files.values()
        place = _place(list(chosen) or list(files.found), files.exercise)
        for left in choice.left:
            reason = "Another file of the same student was taken."
            self._unmatched.append(
                Refusal(inert_line(left.entry.name), reason, files.student.id, files.exercise.id)
            )
        try:
            if choice.refusal:
                raise GraderError(choice.refusal)
            content = {file: one.entry.read() for file, one in choice.files.items()}
        except GraderError as error:
            self._refuse(place, str(error), files.student, files.exercise.id)
            return None
        place = inert_line(place)
        submission = submission_of(content, files.exercise, place)
        is_late = any(one.is_late for one in chosen)
        read = self._shelf.put(submission)
        return HandIn(files.student.id, files.exercise.id, place, read, is_late)


def _people_of(view: View, roster: tuple[Student, ...]) -> Mapping[str, Person]:
    """Return who is meant by every key in the files."""
    shown: dict[str, set[str]] = defaultdict(set)
    for _, reading in view.files:
        keys = {claim.student for claim in reading.claims}
        # Without a roster a name that can be read in two ways makes nobody known.
        if len(keys) == 1 or roster:
            for key in keys:
                shown[key].add(reading.shown)
    for key, reading_shown in _owners(view):
        shown[key].add(reading_shown)
    return find_people(shown, roster, has_numbers=view.layout.has_numbers)


def _owners(view: View) -> Iterator[tuple[str, str]]:
    """Yield (key, name) of everybody who has handed in something, though it may fit no exercise.

    Where folders are named by hand, only a folder with something like a submission is a person's.
    """
    for entry, reading in view.files:
        is_meant = view.layout.is_system or entry.name.endswith(".py") or reading.is_archive
        if reading.student and reading.is_sure and is_meant:
            yield reading.student, reading.shown


def _unclear(pairs: set[tuple[str, str]]) -> str:
    ways = sorted(f"{inert_line(exercise)} by {inert_line(who)}" for who, exercise in pairs)
    listed = ", or ".join(ways[:5])
    return f"Its name can be read as {listed}; rename it, or name the students in a roster."


def _place(found: list[Candidate], exercise: Exercise) -> str:
    """Return where a hand-in lies: its file, or the folder of an exercise of several files."""
    first = min(found, key=lambda one: one.entry.name)
    return first.root or first.entry.name if exercise.is_folder else first.entry.name


def _shortened(found: list[Refusal], what: str) -> Iterator[Refusal]:
    """Yield them sorted, no more than MAX_LISTED for each folder at the top that are for nothing.

    `what` is said of the rest. All that are for an exercise are there.
    """
    counts: Counter[str] = Counter()
    for one in sorted(found, key=lambda one: one.place):
        top = one.place.partition("/")[0]
        counts[top] += not one.exercise
        if one.exercise or counts[top] <= MAX_LISTED:
            yield one
    for top, count in counts.items():
        if count > MAX_LISTED:
            yield Refusal(top, f"{count - MAX_LISTED} more of its files {what}.")
