"""The command `grade`: the group, its commands, and how an error becomes an exit status."""

import io
import os
import signal
import sys
from types import FrameType
from typing import Any

import click

from grader import __version__
from grader.cli.batch import batch
from grader.cli.check import check
from grader.cli.completion import completion
from grader.cli.doctor import doctor
from grader.cli.list import list_exercises
from grader.cli.new import new
from grader.cli.regrade import regrade
from grader.cli.report import report
from grader.cli.sandbox import sandbox
from grader.cli.show import show
from grader.cli.start import start
from grader.cli.submit import submit
from grader.cli.verify import verify
from grader.errors import GraderError
from grader.messages import inert, inert_line

INTERRUPTED = 130


class GradeGroup(click.Group):
    """A group that keeps its commands in the order in which a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they were added."""
        return list(self.commands)


@click.group(
    cls=GradeGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 all points, 1 not all, 2 wrong usage, 3 not graded (our fault), "
    "130 interrupted.",
)
@click.version_option(__version__, "-V", "--version", prog_name="grade")
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


for command in (
    *(submit, list_exercises, show, start),
    *(doctor, sandbox, batch, report, regrade, verify),
    *(new, check, completion),
):
    grade.add_command(command)


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
