"""`grade start`: a copy of an exercise's stub to work on."""

import shlex
import shutil
from pathlib import Path

import click
from click.core import ParameterSource

from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.errors import UsageError


@click.command(short_help="Copy the stub of an exercise, to work on.")
@click.argument("name", type=ExerciseName())
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@bank_option
def start(name: str, folder: Path | None, bank: Path | None) -> None:
    """Copy the stub of the exercise NAME into DIR (default: here).

    DIR is made if need be. Nothing is ever overwritten.

    \b
    Examples:
      grade start decorators
      grade start decorators ~/course
    """
    exercise = open_bank(bank).find(name)
    target = (folder or Path()) / exercise.stub.name
    copy_new(exercise.stub, target)
    command = ["grade", "submit", str(target), *_bank_arguments(bank)]
    click.echo(f"{target} is yours to work on; then: {shlex.join(command)}")


def _bank_arguments(bank: Path | None) -> list[str]:
    """Return the arguments that name the bank again, where it was named on the command line."""
    source = click.get_current_context().get_parameter_source("bank")
    return ["--bank", str(bank)] if source is ParameterSource.COMMANDLINE else []


def copy_new(source: Path, target: Path) -> None:
    """Copy a file or a folder to where nothing is yet.

    Raises:
        UsageError: when something is there, or it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the folder {target.parent} cannot be made: {error.strerror}") from None
    try:
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            return
        content = source.read_bytes()  # first, so that no empty file stays when it fails
        with target.open("xb") as copy:
            copy.write(content)
    except FileExistsError:
        raise UsageError(f"{target} is there already, and is left as it is") from None
    except OSError as error:
        reason = error.strerror or error  # copytree's own error is a list, without a strerror
        raise UsageError(f"{source} cannot be copied to {target}: {reason}") from None
