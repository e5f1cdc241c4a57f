"""Judges that are forked from processes which have everything loaded.

Messages to the preloaded process (`grader.judge.server`) are a letter and the number of the job
that is meant:

start   fork a judge; two open files come along: the socket that is to be the judge's standard
        input and output, and the file that is to be its standard error
host    fork a process that has the hidden tests of one exercise collected (`grader.judge.host`)
        and takes the same messages; the files are its socket for them and its standard error
stop    ask the job's judge to end
kill    end it, and whatever it has started

There is no answer: a judge that has ended closes its socket.
"""

import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Mapping
from typing import IO

from grader.errors import GraderError
from grader.judge.fresh import FreshJudges
from grader.judge.job import Job, job_to_json
from grader.judge.judging import LEAVE_SECONDS, Judging, read_some
from grader.process import Setting, end_program, judge_server_command, start_program, wait_for_end
from grader.submission import hash_path

MESSAGE = struct.Struct("!cI")
START, HOST, STOP, KILL = b"s", b"h", b"t", b"k"

COLLECT_SECONDS = 60.0
TRIES = 3
MOST_HOSTS = 8
"""Each has some 20 MB of its own."""

READY = b"r"
"""What a host says once, when the tests have been collected. Where they cannot be, it ends."""

_LENGTH_BYTES = 4


def send_job(control: socket.socket, job: bytes) -> None:
    """Tell a host what the jobs will be like; raises OSError."""
    control.sendall(len(job).to_bytes(_LENGTH_BYTES, "big") + job)


def receive_job(control: socket.socket) -> bytes:
    """Return what `send_job` sent; raises EOFError when the other end is gone."""
    size = int.from_bytes(_receive(control, _LENGTH_BYTES), "big")
    return _receive(control, size)


def _receive(control: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = control.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


class PreloadedJudges:
    """Forks judges from processes that have everything loaded; the quickest way to judge many.

    There is one such process for each environment, which is to say for each seed, and forked from
    it one for each file of hidden tests, at most MOST_HOSTS at a time. They end when the block
    ends, and by themselves when this process does. May be used by several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_over = False
        self._servers: dict[_Key, _Server] = {}
        self._hosts: dict[_Key, _Host | None] = {}  # the last that was used comes last

    def __enter__(self) -> "PreloadedJudges":
        return self

    def __exit__(self, *reason: object) -> None:
        with self._lock:
            self._is_over = True
            for one in (*self._hosts.values(), *self._servers.values()):
                if one is not None:
                    one.close()
            self._hosts.clear()
            self._servers.clear()

    def prepare(self, environment: Mapping[str, str]) -> None:
        """Start the process of an environment now, so that it is loaded when it is needed."""
        with self._lock:
            self._server(environment)

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job; a preloaded process that has died is replaced.

        Raises:
            GraderError: when the block has ended.
        """
        for _ in range(TRIES):
            source = self._source(job, environment)
            judging = source.fork(errors)
            if judging is not None:
                judging.hand_over(job_to_json(job))
                return judging
            self._forget(source)
        return FreshJudges().start(job, environment, errors)

    def _source(self, job: Job, environment: Mapping[str, str]) -> "_Source":
        """Return the process to fork a judge from."""
        variables = tuple(sorted(environment.items()))
        key = (variables, _what_is_collected(job))
        with self._lock:
            if self._is_over:
                raise GraderError("the judges have been ended; nothing more is graded")
            server = self._server(environment)
            host = self._hosts.pop(key, None) if key in self._hosts else server.host(job)
            # None where the tests cannot be collected: that is then found out by each judge.
            self._hosts[key] = host
            self._leave_room()
            return host or server

    def _server(self, environment: Mapping[str, str]) -> "_Server":
        variables = tuple(sorted(environment.items()))
        if variables not in self._servers:
            self._servers[variables] = _Server(environment)
        return self._servers[variables]

    def _leave_room(self) -> None:
        """End the hosts that have not been used for longest, unless a judge is at work."""
        for key, host in list(self._hosts.items())[:-MOST_HOSTS]:
            if host is None or not host.busy:
                del self._hosts[key]
                if host is not None:
                    host.close()

    def _forget(self, source: "_Source") -> None:
        """Do without a process that is no more; with a server, without its hosts."""
        with self._lock:
            gone = {key for key, one in self._servers.items() if one is source}
            for variables in gone:
                del self._servers[variables]
            for key, host in list(self._hosts.items()):
                if host is source or key[0] in gone:
                    del self._hosts[key]
        source.close()


_Key = tuple[object, ...]


def _what_is_collected(job: Job) -> _Key:
    """Return all of a job that a process which has collected its tests has taken in."""
    exercise = job.exercise
    # Given examples are none that anything smaller is looked for.
    shrink = job.shrink or job.given is not None
    return (exercise.hidden_test, hash_path(exercise.hidden_test), shrink, job.recording)


class _Source:
    """Our end of the socket of a process that forks others."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()
        self._last_number = 0
        self._at_work: set[int] = set()

    @property
    def busy(self) -> bool:
        """Whether a judge is at work that was forked from it."""
        return bool(self._at_work)

    def fork(self, errors: IO[bytes]) -> "_ForkedJudging | None":
        """Have a judge forked; None when the process is no more."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                number = self.send_files(START, [theirs.fileno(), errors.fileno()])
            except OSError:
                ours.close()
                return None
        self._at_work.add(number)
        return _ForkedJudging(self, number, ours)

    def send_files(self, order: bytes, files: list[int]) -> int:
        """Have a process forked that gets two open files; return its number. Raises OSError."""
        with self._lock:
            self._last_number += 1
            message = MESSAGE.pack(order, self._last_number)
            socket.send_fds(self._control, [message], files)
            return self._last_number

    def tell(self, order: bytes, number: int) -> None:
        """Send a message about a process; to one that is no more, nothing need be said."""
        with self._lock, contextlib.suppress(OSError):
            self._control.sendall(MESSAGE.pack(order, number))

    def has_ended(self, number: int) -> None:
        """Take note that a judge is done."""
        self._at_work.discard(number)

    def close(self) -> None:
        """End the process, in its own time, and every judge that it has forked."""
        self._control.close()


class _Server(_Source):
    """A process of `grader.judge.server`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        with theirs:
            setting = Setting(env=environment, control=theirs)
            self._process = start_program(judge_server_command(), setting)

    def host(self, job: Job) -> "_Host | None":
        """Have a process forked that has collected a job's tests; None where that fails."""
        ours, theirs = socket.socketpair()
        number = 0
        with theirs, open(os.devnull, "wb") as errors:
            try:
                number = self.send_files(HOST, [theirs.fileno(), errors.fileno()])
                theirs.close()
                send_job(ours, job_to_json(job))
                if read_some(ours.fileno(), COLLECT_SECONDS) == READY:
                    return _Host(ours)
            except OSError:  # among them TimeoutError
                pass
            self.tell(KILL, number)
        ours.close()
        return None

    def close(self) -> None:
        """End the process and all that it has forked; at once where that is nothing."""
        super().close()
        if self._last_number:
            wait_for_end(self._process, 2 * LEAVE_SECONDS)
        end_program(self._process, LEAVE_SECONDS if self._last_number else 0.0)


class _Host(_Source):
    """A process of `grader.judge.host`."""


class _ForkedJudging:
    def __init__(self, parent: _Source, number: int, connection: socket.socket) -> None:
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
        data = read_some(self._connection.fileno(), seconds)
        self._has_ended = not data
        return data

    def close(self) -> None:
        """Ask it to end, then insist; its end of the socket closes when it has."""
        with self._connection:
            for order in (STOP, KILL):
                if not self._has_ended:
                    self._parent.tell(order, self._number)
                    self._wait_for_end()
        self._parent.has_ended(self._number)

    def _wait_for_end(self) -> None:
        deadline = time.monotonic() + LEAVE_SECONDS
        with contextlib.suppress(TimeoutError):
            while not self._has_ended:
                self.read(max(0.0, deadline - time.monotonic()))
