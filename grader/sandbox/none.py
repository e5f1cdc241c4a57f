"""No sandbox: the worker as a plain process with resource limits.

It is for a student's own code on the student's own machine and for writing exercises. It keeps
accidents in bounds (endless loops, memory, files), not intent: the code may do what its user may.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from grader.inside.worker import clear
from grader.limits import MIB
from grader.process import Setting, start_program
from grader.sandbox.base import Order, Room, SandboxError, environment, resource_limits
from grader.sandbox.bundle import python_command
from grader.sandbox.local import LocalConnection

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
_SWEEPS = 200


class NoSandbox:
    """Runs the worker as a process of the same user."""

    name = "none"

    def __init__(self) -> None:
        self._workers: set[int] = set()

    def open(self, order: Order) -> LocalConnection:
        """Start the worker in a temporary folder of its own; raises SandboxError."""
        adopt_orphans()
        before = _children()
        require_room(order.limits.files_bytes)
        folder = tempfile.mkdtemp(prefix=f"grader-{order.run_id}-")
        setting = Setting(env=environment(order, folder), folder=folder)
        process = start_program(python_command(host_python(), setting.env), setting)
        self._workers.add(process.pid)

        def clean_up() -> None:
            self._workers.discard(process.pid)
            end_orphans(before | self._workers)
            remove_folder(folder)

        room = Room(folder, (folder,), alone=False, rlimits=resource_limits(order.limits))
        return LocalConnection(process, room, clean_up)

    def image(self) -> tuple[str, str]:
        """Return two empty texts: there is no image."""
        return "", ""


def require_room(count: int) -> None:
    """Raise SandboxError unless there is room for `count` bytes of temporary files.

    A submission may write as much; on a full disk it would fail through no fault of its own.
    """
    folder = tempfile.gettempdir()
    if shutil.disk_usage(folder).free < count:
        raise SandboxError(
            f"there is no room in {folder} for the {count // MIB} MiB that a submission may write; "
            "make room there, or set TMPDIR to another folder"
        )


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose parents end, so that none gets away.

    On Linux only; elsewhere such processes stay, which SECURITY.md says.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(before: set[int]) -> None:
    """Kill the processes that this one has adopted, all but the children `before`.

    What the sandbox has started can never get into our session, so our own programs are safe. Each
    killed process may leave children of its own, which are adopted in turn, hence the rounds. Whole
    groups at a time, because a process that forks and ends in a loop is hard to hit alone.
    """
    for _ in range(_SWEEPS):
        strangers = {pid for pid in _children() - before if _session(pid) != os.getsid(0)}
        if not strangers:
            return
        for pid in strangers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(os.getpgid(pid), signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)  # it may have left the group just before
                os.waitpid(pid, 0)


def _session(pid: int) -> int:
    """Return a process's session, or our own when it has ended."""
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return os.getsid(0)


def _children() -> set[int]:
    """Return the process ids of this process's children, by /proc (Linux; else none)."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that has ended since it was listed
            found.update(map(int, task.read_text().split()))
    return found


def host_python() -> str:
    """Return the interpreter that runs `grade`, outside any virtual environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def remove_folder(folder: str) -> None:
    """Remove a folder and all in it, also where a submission has taken the right to away."""
    clear(folder)
    with contextlib.suppress(OSError):
        os.rmdir(folder)
