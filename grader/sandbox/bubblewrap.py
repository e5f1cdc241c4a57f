"""The sandbox of unprivileged Linux machines: the worker under bubblewrap, without any daemon.

The order of the options is the security argument: an empty root, then the interpreter and its
libraries read-only, then what a program needs to run at all (/dev, one small writable folder), and
last the root made read-only. Nothing of the host's /home, /etc, /proc or /run is there. The filter
of system calls holds from the moment that the program inside starts.
"""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import GraderError
from grader.limits import Limits
from grader.process import Setting, run_program, start_program
from grader.sandbox.base import (
    Order,
    Room,
    SandboxError,
    environment,
    fresh_uid,
    resource_limits,
    user_limits,
)
from grader.sandbox.bpf import filter_here
from grader.sandbox.bundle import python_command
from grader.sandbox.local import LocalConnection
from grader.sandbox.none import host_python

INSTALL_HINT = "install bubblewrap (Debian, Ubuntu: `apt-get install bubblewrap`)"
UPDATE_HINT = "install bubblewrap 0.8 or newer, whose options are needed"
USERNS_HINT = (
    "allow unprivileged user namespaces (`sysctl kernel.unprivileged_userns_clone=1`, and on "
    "Ubuntu `sysctl kernel.apparmor_restrict_unprivileged_userns=0`)"
)
SECCOMP_HINT = "use a kernel that filters system calls (CONFIG_SECCOMP_FILTER)"
_SYSTEM = ("usr", "bin", "lib", "lib32", "lib64", "libx32", "sbin", "etc/ld.so.cache")
_SYSTEM_PYTHONS = ("/usr/local/bin/python3", "/usr/bin/python3")
_SCRATCH = "/tmp"  # noqa: S108 - inside, where it is a fresh tmpfs
_SHARED_MEMORY_BYTES = 1024 * 1024
_PROBE_SECONDS = 10.0


class Bubblewrap:
    """Runs the worker in namespaces of its own, by the program `bwrap`."""

    name = "bubblewrap"

    def open(self, order: Order) -> LocalConnection:
        """Start the worker; raises SandboxError where `bwrap` or an interpreter is missing."""
        uid = _uid()
        env = environment(order, _SCRATCH)
        with open_filters() as filters:
            bwrap = bwrap_command(order, uid, filters)
            command = [*bwrap, *python_command(_interpreter(uid), env)]
            process = start_program(command, Setting(env=env, uid=uid, pass_fds=filters))
        emptied = (_SCRATCH, "/dev/shm")  # noqa: S108 - inside
        room = Room(_SCRATCH, emptied, alone=True, rlimits=_rlimits(order))
        return LocalConnection(process, room, lambda: None)

    def image(self) -> tuple[str, str]:
        """Return two empty texts: the host's own Python serves."""
        return "", ""


@contextlib.contextmanager
def open_filters() -> Iterator[tuple[int, ...]]:
    """Yield the descriptor of a file with the filter of system calls, for bwrap to inherit.

    On a machine that no filter can be made for there is none: the namespaces are then the only
    wall, which `grade doctor` says. Each room has a file of its own, because a file that is
    inherited has one position for all.
    """
    program = filter_here()
    if not program:
        yield ()
        return
    with open(os.memfd_create("filter"), "w+b") as file:
        file.write(program)
        file.seek(0)
        yield (file.fileno(),)


def bwrap_command(order: Order, uid: int | None, filters: Sequence[int]) -> list[str]:
    """Return the command up to the program that is to run inside, with the filters to load."""
    shown = _shown(_interpreter(uid))
    return [
        _program(),
        *("--unshare-all", "--unshare-user", "--disable-userns"),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--uid", "1000", "--gid", "1000", "--hostname", "sandbox"),
        *_read_only(shown),
        *_covered(order.hidden_paths, shown),
        *("--dev", "/dev"),
        *("--size", str(_SHARED_MEMORY_BYTES), "--tmpfs", "/dev/shm"),  # noqa: S108 - inside
        *("--remount-ro", "/dev"),
        *("--size", str(order.limits.files_bytes), "--tmpfs", _SCRATCH),
        *("--chdir", _SCRATCH),
        *("--remount-ro", "/"),
        *(word for filter_fd in filters for word in ("--seccomp", str(filter_fd))),
        "--",
    ]


def why_unavailable() -> str:
    """Return why this machine cannot run the sandbox and what to do, or "" when it can."""
    try:
        uid = _uid()
        order = Order(Limits(), "probe", 0)
        with open_filters() as filters:
            command = [*bwrap_command(order, uid, filters), _interpreter(uid), "-S", "-c", ""]
            finished = run_program(
                command, timeout_seconds=_PROBE_SECONDS, env={}, uid=uid, pass_fds=filters
            )
    except GraderError as error:
        return str(error)
    complaint = finished.stderr.decode("utf-8", "replace").strip()
    if finished.returncode == 0:
        return ""
    return f"{complaint}; {_hint(complaint)}"


def _hint(complaint: str) -> str:
    """Return what to do about a complaint of bwrap."""
    if "Unknown option" in complaint:
        return UPDATE_HINT
    return SECCOMP_HINT if "SECCOMP" in complaint else USERNS_HINT


def _rlimits(order: Order) -> dict[str, int]:
    """Return the rlimits: those of any room, and those that are counted for a user of its own."""
    return resource_limits(order.limits) | user_limits(order.limits)


def _uid() -> int | None:
    """Return the user to run as: another one when we are root, whom no process limit binds."""
    return fresh_uid() if os.geteuid() == 0 else None


def _program() -> str:
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxError(f"the program bwrap is not on the path; {INSTALL_HINT}")
    return program


def _interpreter(uid: int | None) -> str:
    """Return the first Python that the user who will run it can read."""
    for python in (host_python(), *_SYSTEM_PYTHONS):
        if os.path.exists(python) and (uid is None or _open_to_all(Path(python).resolve())):
            return os.path.realpath(python)
    raise SandboxError(
        f"no Python that other users may read was found (tried {host_python()} and "
        f"{', '.join(_SYSTEM_PYTHONS)}); as root, install one for all users (`apt-get install "
        "python3`), or run grade as an ordinary user"
    )


def _open_to_all(path: Path) -> bool:
    """Tell whether every user may pass through all the folders that lead to `path`."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)


def _shown(python: str) -> list[Path]:
    """Return the host's folders and files that a Python needs: system libraries and its own."""
    shown = [Path("/", name) for name in _SYSTEM if Path("/", name).exists()]
    prefix = Path(python).parent.parent
    return shown if prefix.is_relative_to("/usr") else [*shown, prefix]


def _read_only(shown: list[Path]) -> Iterator[str]:
    for path in shown:
        if path.is_symlink():  # /lib -> usr/lib and the like
            yield from ("--symlink", os.readlink(path), str(path))
        else:
            yield from ("--ro-bind", str(path), str(path))


def _covered(hidden: tuple[str, ...], shown: list[Path]) -> Iterator[str]:
    """Yield options that cover what must not be seen, such as a bank that lies below /usr."""
    # Resolved, because what is shown is: a link to the bank elsewhere would not cover the bank.
    for path in (Path(name).resolve() for name in hidden):
        if any(path.is_relative_to(folder) and path != folder for folder in shown):
            # Without the second a submission could write there, beyond every limit.
            yield from ("--tmpfs", str(path), "--remount-ro", str(path))
