"""Adds a new exercise to a bank: a small one that is complete, to be replaced piece by piece.

The files are valid from the first minute, so that `grade check` and `grade submit` work on them
while they are being changed. Either all of them are written, or none.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.bank import CATALOG, Bank, Section, printable
from grader.catalogue.layout import Paths, default_files, paths_of
from grader.catalogue.shape import complaint_about_id, complaint_about_title
from grader.catalogue.words import shown
from grader.errors import UsageError
from grader.files import replace_file
from grader.skeleton.entry import with_entry
from grader.skeleton.example import example_files

__all__ = ["NewExercise", "write_skeleton"]


@dataclass(frozen=True)
class NewExercise:
    """An exercise that is to be added: its id, its title, and the id of its section."""

    id: str
    title: str
    section: str


def write_skeleton(bank: Bank, new: NewExercise) -> tuple[Path, ...]:
    """Add an exercise to the bank; return the files that were written, the catalogue last.

    Raises:
        UsageError: when it cannot be added; then the bank is as it was.
    """
    paths = paths_of(bank.root, new.id, default_files(new.id))
    _check_words(new)
    section = _section_for(bank, new)
    _check_nothing_in_the_way(bank, paths)
    files = example_files(paths, new.title, section.title)
    catalogue = bank.root / CATALOG
    try:
        with _all_or_nothing() as undo:
            entry_added = with_entry(catalogue.read_bytes(), new.section, new.id, new.title)
            for path, text in files.items():
                _write_new(path, text, undo)
            replace_file(catalogue, entry_added)
    except OSError as error:
        where = printable(error.filename or bank.root)
        raise UsageError(f"{where}: {error.strerror}; the exercise was not added") from None
    return (*files, catalogue)


def _check_words(new: NewExercise) -> None:
    complaint = complaint_about_id(new.id)
    if complaint:
        raise UsageError(f"the name {shown(new.id)} {complaint}; choose another name")
    complaint = complaint_about_title(new.title)
    if complaint:
        raise UsageError(f"the title {shown(new.title)} {complaint}; choose another title")


def _section_for(bank: Bank, new: NewExercise) -> Section:
    """Return the section that the exercise goes into; it must be there, the exercise must not."""
    sections = {section.id: section for section in bank.sections}
    if new.section not in sections:
        raise UsageError(
            f"the bank has no section {shown(new.section)}; take one of {', '.join(sections)}, "
            f"or add a [[section]] to {CATALOG.as_posix()} first"
        )
    if any(exercise.id == new.id for exercise in bank.exercises):
        raise UsageError(f"the bank has an exercise {shown(new.id)} already; choose another name")
    return sections[new.section]


def _check_nothing_in_the_way(bank: Bank, paths: Paths) -> None:
    # A folder with wrong solutions is in the way as well: they were made for another task.
    # Path.exists says no to a link that leads nowhere, and raises for a name that is too long.
    there = [path.relative_to(bank.root).as_posix() for path in paths if os.path.lexists(path)]
    if there:
        stands = "stands" if len(there) == 1 else "stand"
        raise UsageError(
            f"{', '.join(there)} {stands} in the way, and nothing is overwritten; "
            "move it away, or choose another name"
        )


@contextlib.contextmanager
def _all_or_nothing() -> Iterator[contextlib.ExitStack]:
    """Collect how to undo each step; an exception undoes them all, the latest first."""
    with contextlib.ExitStack() as undo:
        yield undo
        undo.pop_all()


def _write_new(path: Path, text: str, undo: contextlib.ExitStack) -> None:
    _make_folder(path.parent, undo)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        undo.callback(path.unlink)
        file.write(text)


def _make_folder(folder: Path, undo: contextlib.ExitStack) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, undo)
        folder.mkdir()
        undo.callback(folder.rmdir)
