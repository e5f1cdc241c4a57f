"""The files of a folder: listed and read through no link, and never waited for."""

import contextlib
import heapq
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.errors import GraderError, UsageError
from grader.intake.entries import (
    MAX_FILES_BELOW,
    Budget,
    Crowd,
    Entry,
    complaint_about_name,
    is_noise,
)
from grader.messages import inert_line
from grader.submission import MAX_FILE_BYTES

MAX_FILES = 1_000_000
"""The most files of a folder."""


def files_of_folder(root: Path, budget: Budget) -> Iterator[Entry]:
    """Yield the files below a folder, those near the top first, so that a crowd hides none."""
    crowd, seen = Crowd(), 0
    waiting = deque([""])
    while waiting:
        folder = waiting.popleft()
        for entry, is_folder in _listed(root, folder, budget):
            seen += 1
            if seen > MAX_FILES:
                shown = inert_line(str(root))
                raise UsageError(f"{shown} has more than {MAX_FILES} files; name a smaller folder")
            if not crowd.admits(entry.name):
                break
            if is_folder:
                waiting.append(entry.name)
            else:
                yield entry
    yield from crowd.refusals()


def _listed(root: Path, folder: str, budget: Budget) -> Iterator[tuple[Entry, bool]]:
    """Yield (entry, whether it is a folder to be listed as well) for all that is in one folder."""
    most = (MAX_FILES_BELOW[1] if folder else MAX_FILES) + 1
    try:
        with _descriptor(root, folder) as descriptor, os.scandir(descriptor) as listing:
            for item in heapq.nsmallest(most, listing, key=_files_first):
                name = f"{folder}/{item.name}" if folder else item.name
                if not is_noise(item.name):
                    yield _entry_of(root, name, item, budget)
    except OSError as error:
        if not folder:
            shown = inert_line(str(root))
            raise UsageError(f"{shown} cannot be read: {error.strerror}") from None
        yield Entry(folder, f"The folder cannot be read: {error.strerror}."), False


def _files_first(item: os.DirEntry[str]) -> tuple[bool, str]:
    return item.is_dir(follow_symlinks=False), item.name


def _entry_of(root: Path, name: str, item: os.DirEntry[str], budget: Budget) -> tuple[Entry, bool]:
    try:
        status = item.stat(follow_symlinks=False)
    except OSError as error:
        return Entry(name, f"It cannot be read: {error.strerror}."), False
    refusal = complaint_about_name(name) or _complaint_about(status)
    is_folder = stat.S_ISDIR(status.st_mode) and not refusal
    return Entry(name, refusal, _reader(root, name, budget)), is_folder


def _complaint_about(status: os.stat_result) -> str:
    """Return why what has this status is not read, "" for a folder and an ordinary file."""
    if stat.S_ISLNK(status.st_mode):
        return "It is a link, and links are not followed."
    if stat.S_ISDIR(status.st_mode):
        return ""
    if not stat.S_ISREG(status.st_mode):
        return "It is no regular file but a pipe, a socket or a device."
    if status.st_nlink != 1:
        # Whoever may write in the folder could so hand in a file that they may not read.
        return "It has a second name elsewhere (a hard link); hand in a copy of its own."
    return ""


def _reader(root: Path, name: str, budget: Budget) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return budget.spend(_content(root, name))
        except OSError as error:
            raise GraderError(f"It cannot be read: {error.strerror}.") from None

    return read


def _content(root: Path, name: str) -> bytes:
    folder, _, file_name = name.rpartition("/")
    # Not waiting for the other end of a pipe that has come into the file's place since.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with (
        _descriptor(root, folder) as folder_descriptor,
        open(os.open(file_name, flags, dir_fd=folder_descriptor), "rb") as file,
    ):
        status = os.fstat(file.fileno())
        complaint = _complaint_about(status)
        if complaint or stat.S_ISDIR(status.st_mode):
            raise GraderError(complaint or "It has become a folder.")
        return file.read(MAX_FILE_BYTES + 1)


@contextlib.contextmanager
def _descriptor(root: Path, folder: str) -> Iterator[int]:
    """Open a folder below the root, level by level, through no link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    descriptor = os.open(root, flags)
    try:
        for level in filter(None, folder.split("/")):
            inner = os.open(level, flags | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)
