"""`grade list`: the exercises of the bank, section by section."""

from pathlib import Path

import click
from rich.text import Text

from grader.cli.options import bank_option, open_bank
from grader.cli.output import print_text
from grader.points import points_of


@click.command("list", short_help="List the exercises, section by section.")
@bank_option
def list_exercises(bank: Path | None) -> None:
    """List the exercises, section by section: the name, the points, and the title.

    The name on the left is the one that the other commands take.
    """
    found = open_bank(bank)
    width = max((len(exercise.id) for exercise in found.exercises), default=0)
    text = Text()
    for section in found.sections:
        text.append(f"{section.id}  {section.title}\n", style="bold")
        for exercise in section.exercises:
            points = points_of(exercise)
            worth = "?" if points is None else points
            text.append(f"  {exercise.id:{width}}  {worth:>3}  {exercise.title}\n")
    print_text(text)
