"""What judges have in common, wherever they come from: how they are started, heard and ended."""

import os
import select
from collections.abc import Mapping
from typing import IO, Protocol

from grader.judge.job import Job

LEAVE_SECONDS = 10.0

_READ_BYTES = 65536


class Judging(Protocol):
    """A judge at work on one job."""

    def read(self, seconds: float) -> bytes:
        """Return some more of its report, b"" at the end of it; raises TimeoutError."""

    def close(self) -> None:
        """End it if need be, and see that nothing of it is left."""


class Judges(Protocol):
    """Where judges come from."""

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job.

        Args:
            job: what to judge.
            environment: the judge's environment variables, all of them.
            errors: an open file for its standard error.
        """


def read_some(descriptor: int, seconds: float) -> bytes:
    """Return what there is to read, b"" when the other end is closed; raises TimeoutError."""
    if not select.select([descriptor], [], [], seconds)[0]:
        raise TimeoutError
    try:
        return os.read(descriptor, _READ_BYTES)
    except ConnectionResetError:  # it was killed before it had read its job
        return b""
