"""Forks workers from one process that has everything imported, each into the namespaces of a room.

Starting Python and importing what a worker needs takes longer than many a submission takes to
answer, and is the same for all. In a pooled container it is done once. This process is told by the
porter (`grader.inside.porter`), over a socket that is its standard input, what to import and then,
room by room, where a worker is wanted. Nothing that a submission sends or is sent comes by here,
so no worker finds anything of another one in what it inherits.

An order is a length (4 bytes, big endian) and that many bytes of JSON: {"preload": [module, ...]}
first, then {"pid", "filter"} for each room: a process in the room's namespaces, and a program for
seccomp in base64. Four open files come along: the worker's standard streams, and one that is held
for as long as the worker lives.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from typing import Any

from grader.inside import worker
from grader.inside.confine import drop_privileges, enter, filter_calls

_LENGTH_BYTES = 4
_FILES = 4
_LIFE = 3  # the number of the file that is held, behind the standard streams
_WORST_OOM_SCORE = "1000"


def main() -> None:
    """Fork workers until the porter goes away."""
    with socket.socket(fileno=os.dup(0)) as control:
        first, _ = _receive(control)
        for name in first["preload"]:
            with contextlib.suppress(Exception):  # the worker tries again, and says what is wrong
                importlib.import_module(name)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they have ended
        gc.collect()
        gc.freeze()
        while True:
            order, files = _receive(control)
            if not os.fork():
                _lead_in(order, files)
            for file in files:
                os.close(file)


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next order and the files that came along; exits when there will be none."""
    start, files, _, _ = socket.recv_fds(control, _LENGTH_BYTES, _FILES)
    start += _receive_exactly(control, _LENGTH_BYTES - len(start))
    return json.loads(_receive_exactly(control, int.from_bytes(start, "big"))), files


def _receive_exactly(control: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        part = control.recv(count - len(content))
        if not part:
            sys.exit()
        content += part
    return content


def _lead_in(order: dict[str, Any], files: list[int]) -> None:
    """Be the process that has a worker in a room, and ends when it does; never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, file in enumerate(files):
            os.dup2(file, number)
        os.closerange(_LIFE + 1, max(files) + 1)
        # Rather than the porter, which many submissions need.
        with open("/proc/self/oom_score_adj", "w") as stream:
            stream.write(_WORST_OOM_SCORE)
        enter(order["pid"])
        pid = os.fork()
        if not pid:
            _be_worker(base64.b64decode(order["filter"]))
        for number in range(_LIFE):
            os.close(number)  # that they end with the worker
        os.waitpid(pid, 0)
    except BaseException as error:  # the porter passes on what is said here
        os.write(2, ("%s: %s\n" % (type(error).__name__, error)).encode())
    finally:
        os._exit(0)


def _be_worker(program: bytes) -> None:
    """Serve as a worker in the room that this process is in; never returns."""
    try:
        os.close(_LIFE)
        os.setsid()
        os.chdir(os.environ["HOME"])
        drop_privileges()
        filter_calls(program)
        worker.main()
    except BaseException as error:
        os.write(2, ("%s: %s\n" % (type(error).__name__, error)).encode())
    finally:
        os._exit(0)
