"""The worker's end of the wire: whole frames in and out over two file descriptors."""

from __future__ import annotations

import fcntl
import os
import resource
from typing import Any

from grader.inside import wire

MAX_REQUEST_BYTES = 64 * 1024 * 1024
_FIRST_FREE_DESCRIPTOR = 100
_DESCRIPTORS = 2


class Pipe:
    """Reads requests from one descriptor and writes replies to another.

    Reads never take a byte beyond the frame, since a forked child and its parent share the pipe.
    """

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd

    def receive(self) -> Any:
        """Return the next request; raises EOFError once the judge has gone."""
        return wire.read_frame(self._read_exactly, MAX_REQUEST_BYTES)

    def send(self, reply: Any, max_bytes: int = MAX_REQUEST_BYTES) -> None:
        """Write one reply; raises wire.WireError when it breaks a bound, with nothing written."""
        frame = memoryview(wire.encode_frame(reply, max_bytes))
        while frame:
            frame = frame[os.write(self._write_fd, frame) :]

    def _read_exactly(self, count: int) -> bytes:
        parts = []
        while count:
            part = os.read(self._read_fd, min(count, 65536))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


def take_standard_streams() -> Pipe:
    """Return standard input and output as a pipe, and put /dev/null in the place of all three.

    The copies are closed on exec, so a program that a submission starts cannot write to the wire
    by accident, nor read what is meant for the worker.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    first = min(_FIRST_FREE_DESCRIPTOR, allowed - _DESCRIPTORS)
    read_fd = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, first)
    write_fd = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, first)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return Pipe(read_fd, write_fd)
