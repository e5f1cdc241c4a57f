"""How a judge's process comes to be: each one started anew, or forked from a preloaded one.

Messages to the preloaded process (`grader.judge.server`) are a letter and the number of the job
that is meant:

start   two open files come along: the socket that is to be the judge's standard input and output,
        and the file that is to be its standard error
stop    ask the job's judge to end
kill    end it, and whatever it has started

There is no answer: a judge that has ended closes its socket.
"""

import contextlib
import os
import select
import socket
import struct
import threading
import time
from collections.abc import Mapping
from typing import IO, Protocol

from grader.errors import GraderError
from grader.process import (
    Process,
    Setting,
    end_program,
    judge_command,
    judge_server_command,
    start_program,
    wait_for_end,
)

MESSAGE = struct.Struct("!cI")
START, STOP, KILL = b"s", b"t", b"k"

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

    def start(self, job: bytes, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job.

        Args:
            job: what `job_to_json` gives.
            environment: the judge's environment variables, all of them.
            errors: an open file for its standard error.
        """


class FreshJudges:
    """Starts a process for each job: the quickest way to judge one."""

    def start(self, job: bytes, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job."""
        process = start_program(judge_command(), Setting(env=environment, errors=errors))
        assert process.stdin is not None  # noqa: S101 - started with pipes
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(job)
        return _FreshJudging(process)


class _FreshJudging:
    def __init__(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - started with pipes
        self._process = process
        self._output = process.stdout.fileno()
        self._has_ended = False

    def read(self, seconds: float) -> bytes:
        data = _read_some(self._output, seconds)
        self._has_ended = not data
        return data

    def close(self) -> None:
        if self._has_ended:  # all but: the last thing to do is to leave
            wait_for_end(self._process, LEAVE_SECONDS)
        end_program(self._process, LEAVE_SECONDS)


class PreloadedJudges:
    """Forks judges from processes that have everything loaded; the quickest way to judge many.

    There is one such process for each environment, which is to say for each seed. They end when
    the block ends, and by themselves when this process does. May be used by several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_over = False
        self._servers: dict[tuple[tuple[str, str], ...], _Server] = {}

    def __enter__(self) -> "PreloadedJudges":
        return self

    def __exit__(self, *reason: object) -> None:
        with self._lock:
            self._is_over = True
            for one in self._servers.values():
                one.close()
            self._servers.clear()

    def start(self, job: bytes, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job; a preloaded process that has died is replaced.

        Raises:
            GraderError: when the block has ended.
        """
        judging = self._server_for(environment).fork(errors)
        if judging is None:
            self._forget(environment)
            judging = self._server_for(environment).fork(errors)
        if judging is None:
            return FreshJudges().start(job, environment, errors)
        judging.hand_over(job)
        return judging

    def _server_for(self, environment: Mapping[str, str]) -> "_Server":
        key = tuple(sorted(environment.items()))
        with self._lock:
            if self._is_over:
                raise GraderError("the judges have been ended; nothing more is graded")
            if key not in self._servers:
                self._servers[key] = _Server(environment)
            return self._servers[key]

    def _forget(self, environment: Mapping[str, str]) -> None:
        with self._lock:
            dead = self._servers.pop(tuple(sorted(environment.items())), None)
        if dead is not None:
            dead.close()


class _Server:
    """One process of `grader.judge.server`, and our end of its socket."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        self._last_number = 0
        with theirs:
            setting = Setting(env=environment, control=theirs)
            self._process = start_program(judge_server_command(), setting)

    def fork(self, errors: IO[bytes]) -> "_ForkedJudging | None":
        """Have a judge forked; None when the process is no more."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                number = self._send_files([theirs.fileno(), errors.fileno()])
            except OSError:
                ours.close()
                return None
        return _ForkedJudging(self, number, ours)

    def _send_files(self, files: list[int]) -> int:
        with self._lock:
            self._last_number += 1
            message = MESSAGE.pack(START, self._last_number)
            socket.send_fds(self._control, [message], files)
            return self._last_number

    def tell(self, order: bytes, number: int) -> None:
        """Send a message about a job; to a process that is no more, nothing need be said."""
        with self._lock, contextlib.suppress(OSError):
            self._control.sendall(MESSAGE.pack(order, number))

    def close(self) -> None:
        """End the process and every judge that it has forked."""
        self._control.close()
        wait_for_end(self._process, 2 * LEAVE_SECONDS)
        end_program(self._process, LEAVE_SECONDS)


class _ForkedJudging:
    def __init__(self, parent: _Server, number: int, connection: socket.socket) -> None:
        self._parent = parent
        self._number = number
        self._connection = connection
        self._has_ended = False

    def hand_over(self, job: bytes) -> None:
        """Send the job, all of it, and nothing after it."""
        with contextlib.suppress(OSError):
            self._connection.sendall(job)
            self._connection.shutdown(socket.SHUT_WR)

    def read(self, seconds: float) -> bytes:
        data = _read_some(self._connection.fileno(), seconds)
        self._has_ended = not data
        return data

    def close(self) -> None:
        """Ask it to end, then insist; its end of the socket closes when it has."""
        with self._connection:
            for order in (STOP, KILL):
                if self._has_ended:
                    return
                self._parent.tell(order, self._number)
                self._wait_for_end()

    def _wait_for_end(self) -> None:
        deadline = time.monotonic() + LEAVE_SECONDS
        with contextlib.suppress(TimeoutError):
            while not self._has_ended:
                self.read(max(0.0, deadline - time.monotonic()))


def _read_some(descriptor: int, seconds: float) -> bytes:
    """Return what there is to read, b"" when the other end is closed; raises TimeoutError."""
    if not select.select([descriptor], [], [], seconds)[0]:
        raise TimeoutError
    try:
        return os.read(descriptor, _READ_BYTES)
    except ConnectionResetError:  # it was killed before it had read its job
        return b""
