"""What a bank of exercises holds, where the nearest bank is, and which exercise a path belongs to.

A bank is read by `grader.catalogue`. Most of the program only passes exercises on; it imports this
module, which is quick to import because it checks nothing.
"""

import difflib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import UsageError
from grader.limits import Limits

CATALOG = Path("exercises", "catalog.toml")
"""Where the catalogue stands in a bank."""


@dataclass(frozen=True)
class Exercise:
    """One exercise of the bank: what the catalogue says about it, and where its files are.

    `section` is a section's id. `files` are the names of a submission's files, relative and with
    "/". `image` is "core", "tools", "web" or a container image's reference. `preload` are dotted
    module names. `stub` and `reference` are a file each, or a folder each (`is_folder`).
    """

    id: str
    title: str
    section: str
    files: tuple[str, ...]
    stub: Path
    hidden_test: Path
    reference: Path
    wrong_dir: Path
    image: str = "core"
    limits: Limits = field(default_factory=Limits)
    preload: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The name under which a submission is imported."""
        return self.id

    @property
    def main(self) -> str:
        """The file of a submission that is imported, or the first of a package's."""
        return next(name for name in self.files if name.endswith(".py"))

    @property
    def right_dir(self) -> Path:
        """The folder of solutions besides the reference that are right as well; may be missing."""
        return self.wrong_dir.parents[1] / "also_right" / self.id

    @property
    def equivalents(self) -> Path:
        """The file of mutants that are no mistakes (`grader.check.equivalents`); may be missing."""
        return self.wrong_dir.parents[1] / "equivalent" / f"{self.id}.toml"

    @property
    def is_folder(self) -> bool:
        """Whether a submission is a folder and not one file."""
        return is_folder(self.files)


@dataclass(frozen=True)
class Section:
    """A heading of the catalogue and the exercises under it, in order."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Bank:
    """A bank whose catalogue is right; `root` is absolute."""

    root: Path
    sections: tuple[Section, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in the catalogue's order."""
        return tuple(exercise for section in self.sections for exercise in section.exercises)

    def find(self, exercise_id: str) -> Exercise:
        """Return the exercise of that id.

        Raises:
            UsageError: where there is none; the message names close matches.
        """
        exercise = _exercise_named(self, exercise_id)
        if exercise is None:
            raise UsageError(f"{_no_exercise(self, exercise_id)}; `grade list` shows all")
        return exercise


def find_bank(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that has a catalogue.

    Raises:
        UsageError: where no folder has one.
    """
    start = absolute(start)
    for folder in (start, *start.parents):
        if _has_catalog(folder):
            return folder
    raise UsageError(
        f"no bank found: neither {printable(start)} nor a folder above it has "
        f"{CATALOG.as_posix()}; name a bank with --bank DIR or GRADE_BANK"
    )


def locate_bank(named: Path | None, start: Path) -> Path:
    """Return the bank that was `named`, or else the nearest one from `start` upwards.

    Raises:
        UsageError: where the named folder is no bank, or none was named and none is found.
    """
    if named is None:
        return find_bank(start)
    if not _has_catalog(named):
        raise UsageError(
            f"{printable(named)} is no bank: it has no {CATALOG.as_posix()}; "
            "--bank DIR and GRADE_BANK take the folder that holds exercises/"
        )
    return absolute(named)


def exercise_for(bank: Bank, path: Path) -> Exercise:
    """Return the exercise that the submission at `path` is meant for, judged by its name.

    The name is that of the file without its suffix, or that of the folder. Under the bank's
    solutions/wrong/ID/ and solutions/also_right/ID/ the files are named for what they show, so
    there ID decides.

    Raises:
        UsageError: where the bank has no exercise of that name; the message names close matches.
    """
    name = _exercise_name_in_solutions(bank.root, path) or _submission_name(path)
    exercise = _exercise_named(bank, name)
    if exercise is None:
        raise UsageError(
            f"cannot tell which exercise {printable(path)} is for: {_no_exercise(bank, name)}; "
            "name it with --exercise NAME"
        )
    return exercise


def absolute(path: Path) -> Path:
    """Return the path from the root on, without ".."; links stay as they are."""
    # Path.resolve would follow links, and a bank or a submission goes by the name it was given.
    return Path(os.path.abspath(path))


def _has_catalog(folder: Path) -> bool:
    # Path.is_file raises for a folder that may not be entered; os.path.isfile says no.
    return os.path.isfile(folder / CATALOG)


def _exercise_named(bank: Bank, name: str) -> Exercise | None:
    return next((exercise for exercise in bank.exercises if exercise.id == name), None)


def _no_exercise(bank: Bank, name: str) -> str:
    close = difflib.get_close_matches(name, [exercise.id for exercise in bank.exercises])
    guess = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"the bank has no exercise {quoted(name)}{guess}"


def _submission_name(path: Path) -> str:
    path = absolute(path)
    return path.name if os.path.isdir(path) else path.stem


def _exercise_name_in_solutions(root: Path, path: Path) -> str | None:
    # Only the folder is resolved: the submission itself may be a link to anywhere.
    path = absolute(path)
    real = Path(os.path.realpath(path.parent), path.name)
    for group in ("wrong", "also_right"):
        folder = Path(os.path.realpath(root / "solutions" / group))
        inside = real.relative_to(folder).parts if real.is_relative_to(folder) else ()
        if len(inside) > 1:
            return inside[0]
    return None


def printable(text: object) -> str:
    """Write a text with escapes for all that could move a cursor or cannot be encoded."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in str(text)
    )


def quoted(text: str) -> str:
    """Write a text in quotes, with the same escapes."""
    return printable(json.dumps(text, ensure_ascii=False))


def is_folder(files: tuple[str, ...]) -> bool:
    """Tell whether a submission of these files, at least one, is a folder and not one file."""
    return len(files) > 1 or "/" in files[0]
