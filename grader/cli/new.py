"""`grade new`: a new exercise in the bank, complete and small, to be filled in."""

import os
import shlex
from pathlib import Path

import click

from grader.cli.options import bank_option, open_bank


@click.command(short_help="Add an exercise to the bank, to be filled in.")
@click.argument("name")
@click.option(
    "--title", required=True, metavar="TEXT", help="What it is called: one line, shown to students."
)
@click.option("--section", required=True, metavar="ID", help="The section that it is added to.")
@bank_option
def new(name: str, title: str, section: str, bank: Path | None) -> None:
    """Add the exercise NAME to the bank: all of its files, and its entry in the catalogue.

    It begins as a small example that works. Replace what is marked with TODO. NAME is a Python
    name that no module of the standard library has. Nothing is ever overwritten.

    \b
    Example:
      grade new closures --title "Functions that remember" --section L2
    """
    from grader.skeleton import NewExercise, write_skeleton

    for path in write_skeleton(open_bank(bank), NewExercise(name, title, section)):
        click.echo(os.path.relpath(path))
    command = ["grade", "check", name, *(["--bank", str(bank)] if bank is not None else [])]
    click.echo(f"Fill in what is marked with TODO; then: {shlex.join(command)}")
