"""Judges that are forked from the test's own process, with a change made in each before it begins.

A sandbox is opened in the judge's process. So a test that wants another policy than that of the
sandbox cannot change it in its own.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import IO, NoReturn

import pytest

from grader.judge.job import Job, job_to_json
from grader.judge.judge import main as judge_one

Change = Callable[[pytest.MonkeyPatch], None]
"""Changes something in the judge's process, which ends without undoing it."""

_READ_BYTES = 65_536
_LEAVE_SECONDS = 10.0


class ForkedJudges:
    """Forks a judge for each job, changed as told."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> "ForkedJudging":
        """Start a judge on a job."""
        ours, theirs = socket.socketpair()
        with theirs:
            pid = os.fork()
            if pid == 0:
                self._become(theirs.fileno(), errors.fileno(), environment)
        judging = ForkedJudging(pid, ours)
        judging.hand_over(job_to_json(job))
        return judging

    def _become(self, connection: int, errors: int, environment: Mapping[str, str]) -> NoReturn:
        """Judge the job in this forked process, and leave without a look back."""
        try:
            os.setsid()
            for target, source in ((0, connection), (1, connection), (2, errors)):
                os.dup2(source, target)
            # pytest has put others in their place.
            sys.stdin, sys.stdout, sys.stderr = (
                os.fdopen(descriptor, mode) for descriptor, mode in ((0, "r"), (1, "w"), (2, "w"))
            )
            os.environ.clear()
            os.environ.update(environment)
            self._change(pytest.MonkeyPatch())
            judge_one()
        except BaseException:  # whatever it is, it must not get into the tests
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(0)


class ForkedJudging:
    """A forked judge at work."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self._pid = pid
        self._connection = connection
        self._has_ended = False

    def hand_over(self, job: bytes) -> None:
        """Send the job, all of it, and nothing after it."""
        with contextlib.suppress(OSError):
            self._connection.sendall(job)
            self._connection.shutdown(socket.SHUT_WR)

    def read(self, seconds: float) -> bytes:
        """Return some more of its report, b"" at the end of it; raises TimeoutError."""
        if not select.select([self._connection], [], [], seconds)[0]:
            raise TimeoutError
        try:
            data = self._connection.recv(_READ_BYTES)
        except ConnectionResetError:  # it has ended before it had read its job
            data = b""
        self._has_ended = not data
        return data

    def close(self) -> None:
        """Ask it to end, then insist."""
        with self._connection:
            if not self._has_ended:
                os.kill(self._pid, signal.SIGTERM)
                with contextlib.suppress(TimeoutError):
                    while self.read(_LEAVE_SECONDS):
                        pass
            if not self._has_ended:
                os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
