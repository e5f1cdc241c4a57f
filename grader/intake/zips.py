"""The files of a zip: never extracted, and bounded by what is really inflated."""

import contextlib
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.errors import GraderError, UsageError
from grader.intake.entries import Budget, Crowd, Entry, complaint_about_name, is_noise
from grader.messages import inert_line
from grader.submission import MAX_FILE_BYTES

MAX_MEMBERS = 100_000
"""The most files of a zip."""

_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    # An unknown version or compression; a password that is missing.
    *(NotImplementedError, RuntimeError),
)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF_8 = 0x800
_LOCAL_HEADER_BYTES = 30


@contextlib.contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give the zip at a path; raises UsageError when it cannot be opened as one."""
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


def files_of_zip(archive: zipfile.ZipFile, shown: str, budget: Budget) -> Iterator[Entry]:
    """Yield the files of a zip, those near the top first; `shown` is what the zip is called."""
    members = [(_name_of(info), info) for info in archive.infolist() if not info.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise UsageError(
            f"{shown} has more than {MAX_MEMBERS} files; unpack it and name the folder"
        )
    counts = Counter(name for name, _ in members)
    overlapping = _overlapping(archive)
    crowd = Crowd()
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
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget
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
