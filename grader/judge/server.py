"""The preloaded judge: a process that has everything imported and forks a judge for each job.

Importing pytest and Hypothesis takes longer than many a submission takes to be judged. This process
does it once. It never runs a hidden test itself, so what a job does to its judge ends with it.

It is told what to do over a socket, its standard input (`grader.judge.processes`, Messages). When
nobody holds the other end any more, all judges are ended and so is this process.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from types import FrameType

from grader.judge.host import host
from grader.judge.judge import main as judge_one
from grader.judge.judging import LEAVE_SECONDS
from grader.judge.processes import HOST, KILL, MESSAGE, START
from grader.sandbox.bpf import filter_here

_FILES_ALONG = 2
# What a judge would import only when it comes to it. The sandboxes' own modules are among them.
_PRELOADED = (
    *("_pytest.cacheprovider", "_pytest.capture", "_pytest.debugging", "_pytest.doctest"),
    *("_pytest.fixtures", "_pytest.junitxml", "_pytest.legacypath", "_pytest.logging"),
    *("_pytest.pastebin", "_pytest.python", "_pytest.stepwise", "_pytest.terminal"),
    *("_pytest.unittest", "_pytest.unraisableexception", "_pytest.threadexception"),
    *("grader.sandbox.bubblewrap", "grader.sandbox.none", "grader.sandbox.pool"),
    *("hypothesis.internal.conjecture.engine", "hypothesis.strategies._internal.core"),
)


def main() -> None:
    """Serve until the other end of standard input is closed."""
    for name in _PRELOADED:
        # The names inside pytest and Hypothesis are theirs to change; then it is only slower.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    filter_here()  # compiled once for all
    # What is there by now stays shared with every judge; the collector would write to all of it.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as control:
        serve(control, judge_one)


def serve(control: socket.socket, judge: Callable[[], None]) -> None:
    """Fork processes as the other end of a socket says, until it is closed; most call `judge`."""
    signal.signal(signal.SIGTERM, _leave)
    with _woken_by_children() as wake:
        Server(control, wake, judge).serve()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit()


@contextlib.contextmanager
def _woken_by_children() -> Iterator[socket.socket]:
    """Give a socket that becomes readable when a child has ended."""
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield reader
        finally:
            signal.set_wakeup_fd(-1)


class Server:
    """Forks judges, and hosts (`grader.judge.host`) of more of them; ends them as it is told."""

    def __init__(
        self, control: socket.socket, wake: socket.socket, judge: Callable[[], None]
    ) -> None:
        self._control = control
        self._wake = wake
        self._judge = judge
        self._judges: dict[int, int] = {}  # process ids by the numbers of the jobs

    def serve(self) -> None:
        """Do what is asked until there is nobody left to ask."""
        try:
            while self._next_message():
                self._reap()
        finally:
            self._end_all()

    def _next_message(self) -> bool:
        """Wait for a message or for a judge's end; return False when there will be no more."""
        readable, _, _ = select.select([self._control, self._wake], [], [])
        if self._wake in readable:
            self._wake.recv(4096)
        if self._control not in readable:
            return True
        message, files, _, _ = socket.recv_fds(self._control, MESSAGE.size, _FILES_ALONG)
        if len(message) < MESSAGE.size:
            return False
        order, number = MESSAGE.unpack(message)
        if order in (START, HOST):
            self._start(number, files, self._judge if order == START else _be_host)
        else:
            self._signal(number, is_last=order == KILL)
        return True

    def _start(self, number: int, files: list[int], function: Callable[[], None]) -> None:
        pid = os.fork()
        if not pid:
            _become(function, *files)
        self._judges[number] = pid
        for file in files:
            os.close(file)

    def _signal(self, number: int, is_last: bool) -> None:
        """Signal a judge that has not been reaped; so its process id is still its own."""
        pid = self._judges.get(number)
        if pid is None:
            return
        if not is_last:
            os.kill(pid, signal.SIGTERM)
            return
        with contextlib.suppress(ProcessLookupError):  # it has not got to its own session yet
            os.killpg(pid, signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        """Take note of the judges that have ended."""
        for number, pid in list(self._judges.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del self._judges[number]

    def _end_all(self) -> None:
        """Ask every judge to end, which removes its sandbox; then insist."""
        for number in self._judges:
            self._signal(number, is_last=False)
        deadline = time.monotonic() + LEAVE_SECONDS
        while self._judges and time.monotonic() < deadline:
            select.select([self._wake], [], [], 0.1)
            self._reap()
        for number in self._judges:
            self._signal(number, is_last=True)


def _be_host() -> None:
    """Serve on the socket that is standard input."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)  # for what pytest has to say
    os.close(null)
    with socket.socket(fileno=os.dup(0)) as control:
        host(control, serve)


def _become(function: Callable[[], None], connection: int, errors: int) -> None:
    """Do in this forked process what it is for, and leave without a look back."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        for target, source in ((0, connection), (1, connection), (2, errors)):
            os.dup2(source, target)
        os.closerange(3, max(connection, errors) + 1)
        function()
        status = 0
    except BaseException:  # whatever it is, it must not get into the server's loop
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
