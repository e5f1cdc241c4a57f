"""Rooms inside a pooled container: what is said to its porter, and the connection to one room.

`grader.inside.porter` runs in the container and has the words of the two. Each room is a fresh set
of namespaces made by `bwrap`, with its own file system, limits and filter of system calls. `bwrap`
starts no worker in it: one is forked into it (`grader.inside.spawner`), with everything imported.
"""

import base64
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from grader.inside.porter import CLOSE, DATA, ENDED, ERRORS, HEADER, MEMORY, OPEN, PROGRAMS
from grader.sandbox.attached import AttachedStream
from grader.sandbox.base import (
    MAX_COMPLAINT_BYTES,
    ConnectionLost,
    Order,
    Room,
    environment,
    resource_limits,
    user_limits,
)
from grader.sandbox.bundle import python_command, spawner_delivery

SCRATCH = "/tmp"  # noqa: S108 - inside, where it is a fresh tmpfs
SHARED_MEMORY = "/dev/shm"  # noqa: S108 - inside
END_SECONDS = 5.0

_SHARED_MEMORY_BYTES = 1024 * 1024
# Repeats what it is told, by which the porter sees that the room is there, then waits. As the first
# process in it, it inherits what a submission leaves behind; to ignore the ends of children is to
# have the kernel bury them.
_KEEPER = ("env", "--ignore-signal=CHLD", "cat")
_MAX_MESSAGE_BYTES = 1024 * 1024  # a porter passes on far less at a time
_READ_BYTES = 65_536


def room_command(order: Order) -> list[str]:
    """Return the command that opens a room.

    "{filter}" and "{facts}" stand for descriptors, of the filter and of where bwrap says which
    process it has started. As in `grader.sandbox.bubblewrap`, but for what the container has seen
    to already (network, host name), and with an empty /proc, since that of a container cannot be
    mounted in it again.
    """
    return [
        "bwrap",
        *("--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--uid", "1000", "--gid", "1000", "--as-pid-1"),
        *("--seccomp", "{filter}", "--info-fd", "{facts}"),
        *("--ro-bind", "/", "/", "--tmpfs", "/proc", "--dev", "/dev"),
        *("--size", str(_SHARED_MEMORY_BYTES), "--tmpfs", SHARED_MEMORY),
        *("--remount-ro", "/dev", "--remount-ro", "/proc"),
        *("--size", str(order.limits.files_bytes), "--tmpfs", SCRATCH),
        *("--chdir", SCRATCH, "--remount-ro", "/", "--", *_KEEPER),
    ]


def programs() -> bytes:
    """Return the message that a porter is told first."""
    content = spawner_delivery()
    return HEADER.pack(PROGRAMS, len(content)) + content


class PorterConnection:
    """The connection to a room; `release(clean)` is called once it has been closed.

    `outage` says why the container itself failed, or ""; `container` is its id.
    """

    def __init__(
        self,
        stream: AttachedStream,
        order: Order,
        container: str,
        seccomp: bytes,
        outage: Callable[[], str],
        release: Callable[[bool], None],
    ) -> None:
        rlimits = resource_limits(order.limits) | user_limits(order.limits)
        self.room = Room(
            SCRATCH, (SCRATCH, SHARED_MEMORY), alone=True, rlimits=rlimits, is_staffed=True
        )
        self.container = container
        self._stream = stream
        self._outage = outage
        self._release = release
        self._raw = bytearray()
        self._output = bytearray()
        self._errors = bytearray()
        self._answers: list[Mapping[str, Any]] = []
        self._how_it_ended: Mapping[str, Any] | None = None
        self._is_closed = False
        variables = environment(order, SCRATCH)
        opening = {
            "command": room_command(order),
            "filter": base64.b64encode(seccomp).decode("ascii"),
            "spawner": python_command("python3", variables),
            "env": variables,
            "preload": list(order.preload),
        }
        self._say(OPEN, json.dumps(opening).encode(), time.monotonic() + END_SECONDS)

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data`; raises TimeoutError at the deadline, or ConnectionLost."""
        if self._how_it_ended is not None:
            raise ConnectionLost
        self._say(DATA, data, deadline)

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises TimeoutError at the deadline, or ConnectionLost."""
        while not self._output:
            if self._how_it_ended is not None:
                raise ConnectionLost
            self._hear(deadline)
        data = bytes(self._output[:count])
        del self._output[:count]
        return data

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""
        with contextlib.suppress(ConnectionLost, TimeoutError):
            while self._how_it_ended is None:
                self._hear(time.monotonic() + 0.2)
        text = self._errors.decode("utf-8", "replace").strip()
        return text or self._stream.complaint()

    def ran_out_of_memory(self) -> bool:
        """Tell whether the kernel has ended a process of the room for its memory."""
        if self._how_it_ended is not None:
            return bool(self._how_it_ended.get("oom"))
        deadline = time.monotonic() + END_SECONDS
        with contextlib.suppress(ConnectionLost, TimeoutError):
            self._say(MEMORY, b"", deadline)
            while not self._answers and self._how_it_ended is None:
                self._hear(deadline)
        return any(answer.get("oom") for answer in self._answers)

    def outage(self) -> str:
        """Return why the sandbox itself failed, or "" when it is the submission that ended it."""
        return self._outage()

    def close(self) -> None:
        """End everything in the room; the container can be used again if that can be seen."""
        if self._is_closed:
            return
        self._is_closed = True
        deadline = time.monotonic() + END_SECONDS
        with contextlib.suppress(ConnectionLost, TimeoutError):
            if self._how_it_ended is None:
                self._say(CLOSE, b"", deadline)
            while self._how_it_ended is None:
                self._output.clear()
                self._hear(deadline)
        ended = self._how_it_ended
        self._release(ended is not None and not ended.get("oom"))

    def give_up(self) -> None:
        """Do without the container, whatever state it is in."""
        self._is_closed = True
        self._release(False)

    def _say(self, kind: bytes, content: bytes, deadline: float) -> None:
        self._stream.send(HEADER.pack(kind, len(content)) + content, deadline)

    def _hear(self, deadline: float) -> None:
        """Take in some messages; raises TimeoutError at the deadline, or ConnectionLost."""
        self._raw += self._stream.receive(_READ_BYTES, deadline)
        while len(self._raw) >= HEADER.size:
            kind, size = HEADER.unpack_from(self._raw)
            if size > _MAX_MESSAGE_BYTES:
                raise ConnectionLost
            end = HEADER.size + size
            if len(self._raw) < end:
                return
            content = bytes(self._raw[HEADER.size : end])
            del self._raw[:end]
            self._take(kind, content)

    def _take(self, kind: bytes, content: bytes) -> None:
        if kind == DATA:
            self._output += content
        elif kind == ERRORS:
            self._errors += content[: MAX_COMPLAINT_BYTES - len(self._errors)]
        elif kind == MEMORY:
            self._answers.append(_parse(content))
        elif kind == ENDED:
            self._how_it_ended = _parse(content)
        else:
            raise ConnectionLost


def _parse(content: bytes) -> Mapping[str, Any]:
    """Return a message's content; ConnectionLost for what no porter would say."""
    try:
        data = json.loads(content)
    except ValueError:
        raise ConnectionLost from None
    if not isinstance(data, dict):
        raise ConnectionLost
    return data
