"""A folder or a zip as a list of files that are safe to read: bounded, never followed or extracted.

Names and contents come from students, so every one is checked by itself. A file that may not be
read stays in the list with the reason, because its name tells whose it is.
"""

import contextlib
import heapq
import os
import stat
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import GraderError, UsageError
from grader.messages import inert_line
from grader.submission import MAX_FILE_BYTES

MAX_MEMBERS = 100_000
"""The most files of a zip."""

MAX_FILES = 1_000_000
"""The most files of a folder."""

MAX_FILES_BELOW = {1: 50_000, 2: 2_000}
"""The most files under one folder at the top, and under one folder in it, however deep.

One of the two is a student's, so a student with many files keeps nobody else's from being read.
"""

MAX_TOTAL_BYTES = 1024**3
MAX_NAME_CHARACTERS = 300
MAX_LEVELS = 50

NOISE = frozenset(
    {
        *("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"),
        *(".git", ".github", ".idea", ".vscode", ".venv", "node_modules"),
        *("__pycache__", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache"),
    }
)
"""What systems and editors leave behind; nobody hands it in on purpose."""


def _nothing() -> bytes:
    return b""


@dataclass(frozen=True)
class Entry:
    """One file: its name, relative to the source and with "/", and how to read it.

    `refusal` is the sentence for a file that may not be read, "" for any other.
    """

    name: str
    refusal: str = ""
    reader: Callable[[], bytes] = field(default=_nothing, repr=False, compare=False)

    def read(self) -> bytes:
        """Return the content, at most one byte more than MAX_FILE_BYTES.

        Raises:
            GraderError: when it may not or cannot be read; the message is the sentence why.
        """
        if self.refusal:
            raise GraderError(self.refusal)
        return self.reader()


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
    budget = _Budget()
    if stat.S_ISDIR(mode):
        yield _sorted(_files_of_folder(path, budget))
    elif stat.S_ISREG(mode):
        with _opened_zip(path) as archive:
            yield _sorted(_files_of_zip(archive, shown, budget))
    else:
        raise UsageError(f"{shown} is neither a folder nor a zip of submissions")


def complaint_about_name(name: str) -> str:
    """Return the sentence for a name that points out of its folder, or is beyond bounds, or ""."""
    levels = name.split("/")
    if "\0" in name:
        return "Its name holds a NUL byte."
    if "\\" in name:
        return "Its name holds a backslash, which is a folder to some systems and not to others."
    if name.startswith("/") or name[1:2] == ":":
        return "Its name is absolute; only names inside the folder are read."
    if ".." in levels:
        return 'Its name leaves the folder with "..".'
    if "" in levels or "." in levels:
        return "Its name has an empty level."
    if len(name) > MAX_NAME_CHARACTERS:
        return f"Its name has more than {MAX_NAME_CHARACTERS} characters."
    if len(levels) > MAX_LEVELS:
        return f"It is more than {MAX_LEVELS} folders deep."
    return ""


def is_noise(name: str) -> bool:
    """Tell whether a file, or a folder around it, is one that no person hands in."""
    return any(level in NOISE or level.startswith("._") for level in name.split("/"))


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.name))


class _Budget:
    """What may still be read from one source, all files together."""

    def __init__(self) -> None:
        self._left = MAX_TOTAL_BYTES

    def spend(self, content: bytes) -> bytes:
        self._left -= len(content)
        if self._left < 0:
            size = MAX_TOTAL_BYTES // 1024**2
            raise GraderError(f"The files before it had the {size} MiB that are read in all.")
        return content


class _Crowd:
    """Counts the files under each of the upper folders, and says which have too many."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self.full: set[str] = set()

    def admits(self, name: str) -> bool:
        """Count a file; False where a folder around it has its full number."""
        above = _upper_folders(name)
        if any(folder in self.full for folder in above.values()):
            return False
        self._counts.update(above.values())
        self.full |= {
            folder
            for depth, folder in above.items()
            if self._counts[folder] > MAX_FILES_BELOW[depth]
        }
        return not any(folder in self.full for folder in above.values())

    def refusals(self) -> Iterator[Entry]:
        """Yield an entry for each folder with too many files."""
        for folder in sorted(self.full):
            most = MAX_FILES_BELOW[folder.count("/") + 1]
            yield Entry(folder, f"It has more than {most} files; the rest of them is left alone.")


def _upper_folders(name: str) -> dict[int, str]:
    levels = name.split("/")
    return {depth: "/".join(levels[:depth]) for depth in MAX_FILES_BELOW if len(levels) > depth}


# Folders.


def _files_of_folder(root: Path, budget: _Budget) -> Iterator[Entry]:
    """Yield the files below a folder, those near the top first, so that a crowd hides none."""
    crowd, seen = _Crowd(), 0
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


def _listed(root: Path, folder: str, budget: _Budget) -> Iterator[tuple[Entry, bool]]:
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


def _entry_of(root: Path, name: str, item: os.DirEntry[str], budget: _Budget) -> tuple[Entry, bool]:
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


def _reader(root: Path, name: str, budget: _Budget) -> Callable[[], bytes]:
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


# Zips.

_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    # An unknown version or compression; a password that is missing.
    *(NotImplementedError, RuntimeError),
)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF_8 = 0x800
_LOCAL_HEADER_BYTES = 30


@contextlib.contextmanager
def _opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_ERRORS as error:
        raise UsageError(
            f"{inert_line(str(path))} cannot be opened as a zip "
            f"({inert_line(str(error)) or type(error).__name__}); download it once more, or unpack "
            "it and name the folder"
        ) from None
    with archive:
        yield archive


def _files_of_zip(archive: zipfile.ZipFile, shown: str, budget: _Budget) -> Iterator[Entry]:
    members = [(_name_of(info), info) for info in archive.infolist() if not info.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise UsageError(
            f"{shown} has more than {MAX_MEMBERS} files; unpack it and name the folder"
        )
    counts = Counter(name for name, _ in members)
    overlapping = _overlapping(archive)
    crowd = _Crowd()
    for name, info in sorted(members, key=lambda member: (member[0].count("/"), member[0])):
        refusal = complaint_about_name(name) or _complaint_about_member(info)
        if counts[name] > 1:
            refusal = refusal or "The zip has two files of this name."
        if info.header_offset in overlapping:
            refusal = refusal or "It shares its bytes with other files of the zip."
        if not is_noise(name) and crowd.admits(name):
            yield Entry(name, refusal, _member_reader(archive, info, budget))
    yield from crowd.refusals()


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name, in UTF-8 if it can be, as macOS writes it without saying so."""
    # Not `filename`, which ends before a NUL.
    name = info.orig_filename
    if info.flag_bits & _UTF_8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _complaint_about_member(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "It is a link, and links are not followed."
    if kind not in (0, stat.S_IFREG):
        return "It is no regular file."
    if info.flag_bits & _ENCRYPTED:
        return "It is encrypted."
    # The other methods of Python's zipfile inflate without a bound.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "It is compressed in a way that is not read; zip it in the usual way."
    return ""


def _overlapping(archive: zipfile.ZipFile) -> set[int]:
    """Return the offsets of the members that share bytes, as those of a zip bomb do.

    David Fifield, "A better zip bomb", describes them. Python's own check is newer than 3.11.
    """
    members = sorted(archive.infolist(), key=lambda info: info.header_offset)
    found, reach, widest = set(), 0, -1
    for info in members:
        if info.header_offset < reach:
            found |= {widest, info.header_offset}
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
        if end > reach:
            reach, widest = end, info.header_offset
    return found


def _member_reader(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget
) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with archive.open(info) as file:
                # What is inflated counts, whatever the zip says of the size.
                return budget.spend(file.read(MAX_FILE_BYTES + 1))
        except _ZIP_ERRORS as error:
            reason = inert_line(str(error)) or type(error).__name__
            raise GraderError(f"It is damaged in the zip ({reason}).") from None

    return read
