"""`grade start`: a copy of an exercise's stub to work on."""

import os
import shutil
from pathlib import Path

import click

from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.errors import UsageError


@click.command()
@click.argument("name", type=ExerciseName())
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@bank_option
def start(name: str, folder: Path | None, bank: Path | None) -> None:
    """Copy the stub of the exercise NAME into DIR (default: here); never overwrites anything."""
    exercise = open_bank(bank).find(name)
    target = (folder or Path()) / exercise.stub.name
    copy_new(exercise.stub, target)
    click.echo(f"{target} is yours to work on; then: grade submit {target}")


def copy_new(source: Path, target: Path) -> None:
    """Copy a file or a folder to where nothing is yet.

    Raises:
        UsageError: when something is there, or it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            return
        with target.open("xb") as copy:
            copy.write(source.read_bytes())
    except FileExistsError:
        raise UsageError(f"{target} is there already, and is left as it is") from None
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {os.strerror(error.errno or 0)}") from None
