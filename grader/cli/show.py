"""`grade show`: the task of an exercise, rendered."""

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.bank import Exercise


@click.command()
@click.argument("name", type=ExerciseName())
@bank_option
def show(name: str, bank: Path | None) -> None:
    """Show the task of the exercise NAME.

    \b
    Example:
      grade show decorators
    """
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(task_of(open_bank(bank).find(name))))


def task_of(exercise: "Exercise") -> str:
    """Return the task, in Markdown: the docstring of the stub's main file.

    Raises:
        GraderError: when the stub has none, or is no Python.
    """
    file = exercise.stub / exercise.main if exercise.is_folder else exercise.stub
    try:
        task = ast.get_docstring(ast.parse(file.read_bytes()))
    except (OSError, SyntaxError, ValueError) as error:
        raise GraderError(f"{file} cannot be read: {error}") from None
    if not task:
        raise GraderError(f"{file} has no docstring, which is where the task is to stand")
    return task
