"""The connection to a worker that is a process of this machine: pipes, deadlines, and its end."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable

from grader.process import Process, wait_for_end
from grader.sandbox.base import MAX_COMPLAINT_BYTES, ConnectionLost, Room

_END_SECONDS = 5.0
_READ_BYTES = 65_536


class LocalConnection:
    """Talks to a started process over its pipes; `clean_up` is called once it has ended."""

    def __init__(self, process: Process, room: Room, clean_up: Callable[[], None]) -> None:
        self.room = room
        self._process = process
        self._clean_up = clean_up
        self._has_ended = False
        self._is_closed = False
        self._stdin, self._stdout, self._stderr = (
            stream.fileno()  # type: ignore[union-attr]  # all three are pipes
            for stream in (process.stdin, process.stdout, process.stderr)
        )
        for descriptor in (self._stdin, self._stdout, self._stderr):
            os.set_blocking(descriptor, False)

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data`; raises TimeoutError at the deadline, or ConnectionLost."""
        rest = memoryview(data)
        while rest:
            _wait(deadline, writable=self._stdin)
            try:
                rest = rest[os.write(self._stdin, rest) :]
            except BrokenPipeError:
                self._has_ended = True
                raise ConnectionLost from None

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises TimeoutError at the deadline, or ConnectionLost."""
        _wait(deadline, readable=self._stdout)
        data = os.read(self._stdout, count)
        if not data:
            self._has_ended = True
            raise ConnectionLost
        return data

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._stderr, MAX_COMPLAINT_BYTES).decode("utf-8", "replace").strip()
        return ""

    def ran_out_of_memory(self) -> bool:
        """Return False: the kernel does not tell."""
        return False

    def outage(self) -> str:
        """Return why the sandbox itself failed, or "" when it is the submission that ended it.

        A signal for the program that has made a room of its own can only come from outside: those
        in the room do not see it. Where there is no such room, nothing tells who sent it.
        """
        if not (self.room.alone and self._has_ended):
            return ""
        wait_for_end(self._process, _END_SECONDS)
        status = self._process.returncode
        if status is None or status >= 0:
            return ""
        return (
            f"the sandbox was ended from outside (signal {-status}), not by the submission; "
            "try again"
        )

    def close(self) -> None:
        """Kill the process and its whole session, close the pipes, and clean up.

        A second call does nothing.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._end()
        if self.room.alone:
            self._wait_for_silence()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        self._clean_up()

    def _wait_for_silence(self) -> None:
        """Wait until nobody holds the other end of the output any more.

        The kernel ends a namespace a little after the program that made it.
        """
        deadline = time.monotonic() + _END_SECONDS
        with contextlib.suppress(TimeoutError, ConnectionLost):
            while True:
                self.receive(_READ_BYTES, deadline)

    def _end(self) -> None:
        """Kill the process and its session; one that has been waited for has no id any more."""
        if self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        wait_for_end(self._process, _END_SECONDS)


def _wait(deadline: float, *, readable: int | None = None, writable: int | None = None) -> None:
    """Wait until a descriptor is ready; raises TimeoutError at the deadline."""
    poll = select.poll()
    if readable is not None:
        poll.register(readable, select.POLLIN)
    if writable is not None:
        poll.register(writable, select.POLLOUT)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
