"""The command `grade`: the group, its commands, and how an error becomes an exit status."""

import importlib
import io
import os
import signal
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any

import click

from grader.errors import GraderError
from grader.messages import inert, inert_line

INTERRUPTED = 130


# The commands in the order in which a newcomer needs them: each with its module and its purpose.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "submit": ("submit", "Grade files: what is wrong, by the smallest example."),
    "list": ("list", "List the exercises, section by section."),
    "show": ("show", "Show the task of the exercise NAME."),
    "start": ("start", "Copy the stub of an exercise, to work on."),
    "doctor": ("doctor", "Tell whether this machine can grade; if not, what to do."),
    "sandbox": ("sandbox", "Build the images, remove leftover containers."),
    "batch": ("batch", "Grade a class: a folder or a zip of submissions."),
    "report": ("report", "What became of a class: pages, tables, course systems' files."),
    "regrade": ("regrade", "After an exercise changed: who gains or loses what."),
    "verify": ("verify", "Grade again what a result says, and compare."),
    "new": ("new", "Add an exercise to the bank, to be filled in."),
    "check": ("check", "Prove exercises fair and strong."),
    "completion": ("completion", "Print the completion script for SHELL."),
}


class GradeGroup(click.Group):
    """A group that imports a command when it is wanted, since each imports what others do not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMMANDS:  # which click looks at to guess what a misspelt one was meant to be
            self.add_command(click.Command(name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"grader.cli.{COMMANDS[cmd_name][0]}")
        commands = (value for value in vars(module).values() if isinstance(value, click.Command))
        return next(command for command in commands if command.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])


@click.group(
    cls=GradeGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 all points, 1 not all, 2 wrong usage, 3 not graded (our fault), "
    "130 interrupted.",
)
@click.version_option(None, "-V", "--version", package_name="grader", prog_name="grade")
def grade() -> None:
    """Grade Python exercises; hidden tests and submission never share a process.

    \b
    A student:
      grade list                  what there is to solve
      grade show decorators       the task
      grade start decorators      a copy of the stub to work on
      grade submit decorators.py  what is wrong with it, and for which input
    \b
    A teacher:
      grade doctor                can this machine grade, and in which sandbox
      grade sandbox build         the image that submissions run in
      grade batch submissions/    grade a class, into a gradebook
      grade report                the class as pages, tables or files to upload
      grade regrade               after a change: who gains or loses points
      grade verify result.json    is it still the same
      grade new closures ...      an exercise to fill in
      grade check closures        is it fair, and strong enough
    """


def main(arguments: list[str] | None = None) -> None:
    """Run `grade` and exit; every error of ours is a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that is not UTF-8 gets an escape where a mark or an umlaut would stand.
            stream.reconfigure(errors="backslashreplace")
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # else somebody (nohup) has asked for it
            signal.signal(number, _interrupt)
    sys.exit(run(arguments))


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End as at Ctrl-C: what has been started is ended and removed on the way out."""
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None) -> int:
    """Run `grade` with `arguments` (default: those of the process); return the exit status."""
    try:
        status: Any = grade.main(arguments, prog_name="grade", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("grade: interrupted", err=True)
        return INTERRUPTED
    except GraderError as error:
        click.echo(f"grade: {inert(str(error))}", err=True)
        return error.exit_status
    except OSError as error:  # such as a full disk behind standard output
        click.echo(f"grade: {_system_error(error)}", err=True)
        return GraderError.exit_status
    return status if isinstance(status, int) else 0


def _system_error(error: OSError) -> str:
    """Return what the system refused; where it was to write our output, give that up for good."""
    if error.filename is not None:
        return f"{inert_line(str(error.filename))}: {error.strerror}"
    try:
        sys.stdout.flush()
    except OSError:
        # Python would try once more on its way out, and complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return f"the output cannot be written: {error.strerror}"
