"""Reads a submission once, into memory, so that what is hashed is what is graded."""

import codecs
import hashlib
import io
import os
import stat
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader import messages
from grader.bank import Exercise
from grader.errors import UsageError

MAX_FILE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Submission:
    """The files of a submission, by their relative POSIX names.

    `complaint` is the sentence for a submission that cannot be Python text, "" for any other.
    """

    path: str
    files: Mapping[str, bytes]
    main: str
    complaint: str = field(default="", compare=False)

    @property
    def sha256(self) -> str:
        """The hash of all names and contents, in hex."""
        return hash_files(self.files)

    def text(self) -> str:
        """Return the main file as text; only for a submission without a complaint."""
        return self.files[self.main].decode("utf-8-sig")


def hash_files(files: Mapping[str, bytes]) -> str:
    """Return one SHA-256 (hex) over names and contents; lengths keep the parts apart."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def hash_path(path: Path) -> str:
    """Return the hash of a file, or of all files in a folder but compiled ones, by their names.

    Where there is neither, it is that of nothing.
    """
    if path.is_dir():
        found = (file for file in path.rglob("*") if file.is_file() and file.suffix != ".pyc")
        files = {file.relative_to(path).as_posix(): file for file in found}
    else:
        files = {path.name: path} if path.is_file() else {}
    return hash_files({name: file.read_bytes() for name, file in files.items()})


def read_submission(path: Path, exercise: Exercise) -> Submission:
    """Read what `path` names as a submission for `exercise`.

    Raises:
        UsageError: when there is no such file, or it is no regular file (or a folder, for an
            exercise of several files).
    """
    folder = exercise.is_folder
    if folder != path.is_dir():
        kind = f"a folder with {', '.join(exercise.files)}" if folder else "one file"
        state = "is there" if path.exists() else "is not there"
        shown = messages.inert_line(str(path))
        raise UsageError(f"{shown} {state}, but a submission for {exercise.id} is {kind}")
    if folder:
        paths = {name: path / name for name in exercise.files if (path / name).exists()}
    else:
        # Under its own name whatever the student calls it: that is the name it is imported by.
        paths = {exercise.files[0]: path}
    files = {name: read_regular_file(file) for name, file in paths.items()}
    return submission_of(files, exercise, str(path))


def submission_of(files: Mapping[str, bytes], exercise: Exercise, path: str) -> Submission:
    """Return the submission for `exercise` that these files make, by the exercise's own names.

    `path` is what it is called. A file has at most one byte more than MAX_FILE_BYTES: that one
    tells that there are more.
    """
    complaints = (complaint_about(name, content) for name, content in files.items())
    main = exercise.main
    missing = "" if main in files else messages.missing_file(main)
    return Submission(path, files, main, missing or next(filter(None, complaints), ""))


def read_regular_file(path: Path) -> bytes:
    """Return a file's content, at most one byte more than MAX_FILE_BYTES.

    Never waits: a pipe or a device with the right name is refused before it is read.

    Raises:
        UsageError: when it is not there, not readable, or no regular file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(
            f"{messages.inert_line(str(path))} cannot be read: {error.strerror}"
        ) from None
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            name = messages.inert_line(str(path))
            raise UsageError(f"{name} is no regular file; name the file to grade")
        return file.read(MAX_FILE_BYTES + 1)


def complaint_about(name: str, content: bytes) -> str:
    """Return why `content` cannot be that of a submission's file `name`, or ""."""
    if len(content) > MAX_FILE_BYTES:
        return messages.too_large(MAX_FILE_BYTES)
    return _complaint_about_python(content) if name.endswith(".py") else ""


def _complaint_about_python(content: bytes) -> str:
    try:
        # First, since what declares no encoding is no syntax error but merely not UTF-8.
        content.decode("utf-8")
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:
        return messages.syntax_error(str(error.msg), 1, 0, "")
    except UnicodeDecodeError as error:
        return messages.not_utf8(content.count(b"\n", 0, error.start) + 1)
    # A comment may declare UTF-7, say, in which other comments turn out to be code.
    if codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig"):
        return messages.other_encoding(encoding)
    if b"\0" in content:
        return messages.nul_byte(content.count(b"\n", 0, content.index(b"\0")) + 1)
    return ""
