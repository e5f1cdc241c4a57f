"""The only module that starts programs: run one to its end, or start one and keep its pipes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from grader.errors import GraderError

Process = subprocess.Popen[bytes]
Finished = subprocess.CompletedProcess[bytes]


@dataclass(frozen=True)
class Setting:
    """Where and as whom a program runs.

    `uid` None means the user who runs `grade`. `errors` is an open file for standard error, and
    `control` a connected socket for standard input; None means a pipe. `pass_fds` are descriptors
    that the program inherits besides, under the same numbers.
    """

    env: Mapping[str, str]
    folder: str = "/"
    uid: int | None = None
    errors: IO[bytes] | None = None
    control: socket.socket | None = None
    pass_fds: Sequence[int] = ()


def run_program(
    command: Sequence[str],
    *,
    input_bytes: bytes = b"",
    timeout_seconds: float | None = None,
    env: Mapping[str, str] | None = None,
    uid: int | None = None,
    pass_fds: Sequence[int] = (),
) -> Finished:
    """Run a program to its end and return its exit status and what it wrote.

    Raises:
        GraderError: when there is no such program, or it takes longer than `timeout_seconds`.
    """
    try:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # noqa: S603
            command,
            input=input_bytes,
            capture_output=True,
            timeout=timeout_seconds,
            env=env,
            pass_fds=pass_fds,
            **_identity(uid),
        )
    except OSError as error:
        raise GraderError(f"{command[0]} cannot be started: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise GraderError(f"{command[0]} did not end within {timeout_seconds:g} s") from None


def start_program(command: Sequence[str], setting: Setting) -> Process:
    """Start a program in a session of its own, with pipes for its three standard streams.

    Raises:
        GraderError: when there is no such program or it may not be started.
    """
    try:
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # noqa: S603
            command,
            stdin=subprocess.PIPE if setting.control is None else setting.control,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if setting.errors is None else setting.errors,
            bufsize=0,
            start_new_session=True,
            env=dict(setting.env),
            cwd=setting.folder,
            pass_fds=setting.pass_fds,
            **_identity(setting.uid),
        )
    except OSError as error:
        raise GraderError(f"{command[0]} cannot be started: {error.strerror}") from None


def wait_for_end(process: Process, seconds: float) -> None:
    """Give a program that has said its last word the time to end by itself."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def end_program(process: Process, grace_seconds: float) -> bool:
    """Ask a program to end, then kill its whole session; return whether it took force."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(grace_seconds)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    return process.returncode < 0


def judge_command(sandbox: str = "") -> list[str]:
    """Return the command of the judge's process: this Python, deaf to the current folder.

    It loads the module of `sandbox` first, if one is named, since that one will be waited for.
    """
    return [sys.executable, "-P", "-m", "grader.judge", *([sandbox] if sandbox else [])]


def judge_server_command() -> list[str]:
    """Return the command of the process that judges are forked from."""
    return [sys.executable, "-P", "-m", "grader.judge.server"]


def _identity(uid: int | None) -> dict[str, object]:
    """Return the arguments that make a program run as `uid`, without any group of ours."""
    return {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
