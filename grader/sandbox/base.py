"""The protocol that every sandbox follows, and what passes between it and the judge.

A sandbox opens connections. A connection is one fresh, closed room in which a Python with
`grader.inside.bootstrap` is running, and two streams of bytes to it. Everything else (frames,
tests, who is at fault) is the judge's, so a backend has only to start a program and to end it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from grader.errors import GraderError
from grader.limits import Limits

# One user id for each sandbox that runs at a time: the kernel counts processes, inotify instances
# and pipe pages by user id across containers, so with a shared one a student could starve the next.
FIRST_UID = 20_000
UIDS = 40_000

MAX_COMPLAINT_BYTES = 4_096

# The submission's whole environment. Fixed and short: nothing to learn, nothing to detect.
ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
    # Numeric libraries would start a thread for each core of the host, of which we give one.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class SandboxError(GraderError):
    """The sandbox could not be started; the message says why and what to do."""


class ConnectionLost(Exception):  # noqa: N818 - an event that the judge expects, not an error
    """The other side has gone: its process has ended or the engine has closed the stream."""


@dataclass(frozen=True)
class Order:
    """What a room must be like. `run_id` marks everything that belongs to one grading.

    `preload` names modules that the worker will import; a sandbox may have them imported already.
    """

    limits: Limits
    run_id: str
    seed: int
    hidden_paths: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """What the worker must know of the room that it is in; see `grader.inside.worker`, Setup.

    `is_staffed` tells that the worker has its modules; else they have to be delivered.
    """

    scratch: str
    emptied: tuple[str, ...]
    alone: bool
    rlimits: Mapping[str, int] = field(default_factory=dict)
    is_staffed: bool = False


class Connection(Protocol):
    """Two streams of bytes to a worker. Deadlines are values of `time.monotonic()`."""

    room: Room

    def send(self, data: bytes, deadline: float) -> None:
        """Write all of `data`; raises TimeoutError at the deadline, or ConnectionLost."""

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises TimeoutError at the deadline, or ConnectionLost."""

    def complaint(self) -> str:
        """Return what has been written to standard error, cut; "" for nothing."""

    def ran_out_of_memory(self) -> bool:
        """Tell whether the room reports so. A label only: the submission can bring it about."""

    def outage(self) -> str:
        """Return why the sandbox itself failed, or "" when it is the submission that ended it."""

    def close(self) -> None:
        """End everything in the room and remove it, whatever state it is in."""


class Sandbox(Protocol):
    """A kind of room."""

    name: str

    def open(self, order: Order) -> Connection:
        """Start a room; raises SandboxError."""

    def image(self) -> tuple[str, str]:
        """Return the image's name and its digest; two empty texts for a sandbox without one."""


def environment(order: Order, home: str) -> dict[str, str]:
    """Return the environment of the worker and of everything that it starts.

    The hash seed follows from the grading's seed: the order of a set of texts, which shows in many
    an answer, is then the same for everyone in a class and in every run.
    """
    return {
        **ENVIRONMENT,
        "HOME": home,
        "TMPDIR": home,
        "PYTHONHASHSEED": str(order.seed % 2**32),
    }


def resource_limits(limits: Limits) -> dict[str, int]:
    """Return the rlimits that hold in every room, by their names in Python's `resource`.

    Data stays a little below the memory limit, so that Python raises MemoryError before a
    container is out of memory, which would end the test without a word.
    """
    return {
        "RLIMIT_DATA": limits.memory_bytes * 15 // 16,
        "RLIMIT_FSIZE": limits.files_bytes,
        "RLIMIT_CPU": int(limits.submission_seconds) + 5,
        "RLIMIT_NOFILE": 256,
        "RLIMIT_CORE": 0,
    }


def user_limits(limits: Limits) -> dict[str, int]:
    """Return the rlimits that the kernel counts for a user, for rooms with a user of their own.

    Linux knows them all, other systems do not.
    """
    return {
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_SIGPENDING": 256,
    }


def fresh_uid() -> int:
    """Return a user id that no other sandbox is likely to have at the moment."""
    return FIRST_UID + secrets.randbelow(UIDS)
