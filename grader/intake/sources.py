"""A folder or a zip as a list of files that are safe to read: never followed or extracted."""

import contextlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.errors import UsageError
from grader.intake.entries import Budget, Entry
from grader.intake.folders import files_of_folder
from grader.intake.zips import files_of_zip, opened_zip
from grader.messages import inert_line


@contextlib.contextmanager
def open_source(path: Path) -> Iterator[tuple[Entry, ...]]:
    """Give the files of a folder or a zip, sorted by name; they can be read while it is open.

    Raises:
        UsageError: when the path is neither, or cannot be read at all.
    """
    shown = inert_line(str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise UsageError(f"{shown} is not there; name a folder or a zip of submissions") from None
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}") from None
    budget = Budget()
    if stat.S_ISDIR(mode):
        yield _sorted(files_of_folder(path, budget))
    elif stat.S_ISREG(mode):
        with opened_zip(path) as archive:
            yield _sorted(files_of_zip(archive, shown, budget))
    else:
        raise UsageError(f"{shown} is neither a folder nor a zip of submissions")


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.name))
