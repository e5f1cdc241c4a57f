"""Runs the commands of a contender, so many at a time, and sees that nothing of them is left."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NOT_ENDED = -1
"""Stands for the exit status of a command that had to be ended."""


class NotRun(Exception):  # noqa: N818 - it is reported, not handled
    """A contender cannot be installed or run here; the message says why."""


@dataclass(frozen=True)
class Command:
    """A program with its arguments, folder and environment (all of it).

    What it writes goes to `output`.out and `output`.err; after `seconds` it is ended.
    """

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    output: Path
    seconds: float


def run_all(commands: Sequence[Command], jobs: int) -> list[int]:
    """Run the commands, `jobs` of them at a time; return their exit statuses."""
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(run, commands))


def run(command: Command) -> int:
    """Run one command to its end; return its exit status, or NOT_ENDED."""
    command.output.parent.mkdir(parents=True, exist_ok=True)
    with _file(command, "out").open("wb") as out, _file(command, "err").open("wb") as err:
        process = subprocess.Popen(
            command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=command.folder,
            env=command.environment,
            start_new_session=True,
        )
        try:
            return process.wait(command.seconds)
        except subprocess.TimeoutExpired:
            return NOT_ENDED
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def said(command: Command) -> str:
    """Return what the command wrote to standard output."""
    return _file(command, "out").read_text(encoding="utf-8", errors="replace")


def last_words(command: Command) -> str:
    """Return the last line that the command wrote: of its errors, else of its output."""
    for name in ("err", "out"):
        lines = _file(command, name).read_text(encoding="utf-8", errors="replace").splitlines()
        written = [line.strip() for line in lines if line.strip()]
        if written:
            return written[-1]
    return "it says nothing"


def must_run(command: Command, what: str) -> str:
    """Run a command that prepares something; return what it wrote.

    Raises:
        NotRun: when there is no such program, or it fails; the message begins with `what`.
    """
    try:
        status = run(command)
    except OSError as error:
        raise NotRun(f"{what}: {command.arguments[0]}: {error.strerror}") from None
    if status != 0:
        raise NotRun(f"{what}: {last_words(command)}")
    return said(command)


def _file(command: Command, kind: str) -> Path:
    return command.output.with_name(f"{command.output.name}.{kind}")
