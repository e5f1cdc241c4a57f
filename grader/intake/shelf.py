"""Puts submissions aside on the disk, so that a whole class need not be in memory."""

import json
import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable

from grader.errors import GraderError
from grader.submission import Submission


class Shelf:
    """A file without a name that holds submissions; it is gone when nobody needs it any more.

    What is put aside is a copy: whatever becomes of the class's files, that is what is graded.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="grade-")  # noqa: SIM115 - open as long as self
        self._end = 0

    def put(self, submission: Submission) -> Callable[[], Submission]:
        """Put a submission aside; return what reads it again, any number of times.

        Raises:
            GraderError: when there is no room for it.
        """
        content = _to_bytes(submission)
        start, size = self._end, len(content)
        try:
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise GraderError(
                f"submissions cannot be put aside in {tempfile.gettempdir()}: {error.strerror}; "
                "make room there, or set TMPDIR to another folder"
            ) from None
        self._end += size
        return lambda: _from_bytes(self._bytes(start, size))

    def _bytes(self, start: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, start)


def _to_bytes(submission: Submission) -> bytes:
    files = {name: b64encode(content).decode("ascii") for name, content in submission.files.items()}
    parts = (submission.path, files, submission.main, submission.complaint)
    return json.dumps(parts).encode("ascii")


def _from_bytes(content: bytes) -> Submission:
    path, files, main, complaint = json.loads(content)
    return Submission(
        path, {name: b64decode(text) for name, text in files.items()}, main, complaint
    )
