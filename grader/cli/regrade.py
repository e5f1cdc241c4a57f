"""`grade regrade`: after an exercise has changed, who gains or loses points by which test."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from grader.cli.batch import ALL_GRADED, NOT_ALL_GRADED, say, why_not_graded
from grader.cli.classes import (
    Commissions,
    crew_for,
    gradebook_option,
    grading_options,
    opened_to_read,
)
from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.cli.output import print_text
from grader.cli.sandboxes import sandbox_options
from grader.messages import inert_line

if TYPE_CHECKING:
    from grader.batch.compare import TestChange
    from grader.batch.regrade import Change
    from grader.batch.run import Crew
    from grader.gradebook import Gradebook


@click.command(short_help="After an exercise changed: who gains or loses what.")
@click.argument("exercises", nargs=-1, type=ExerciseName(), metavar="[NAME]...")
@click.option("--dry-run", is_flag=True, help="Only show what would change; store nothing.")
@click.option("--yes", is_flag=True, help="Store the new grades without asking.")
@gradebook_option
@grading_options
@bank_option
@sandbox_options
def regrade(exercises: tuple[str, ...], **options: Any) -> int:
    """Grade what is in the gradebook again, where its exercise has changed since.

    The submissions are those that the gradebook holds; their files need not be there any more.
    With NAME, only these exercises. What would change is shown first; then you are asked. Earlier
    grades stay in the gradebook as history.

    \b
    Examples:
      grade regrade --dry-run
      grade regrade decorators --yes

    Exit status: 0 everything was graded, 2 wrong usage, 3 something could not be graded, 130 you
    said no.
    """
    from grader.batch.regrade import store_changes

    with opened_to_read(options["gradebook"]) as gradebook, crew_for(options) as crew:
        changes = regraded(exercises, gradebook, crew, options)
        for change in changes:
            if change.tests:
                print_text(shown(change))
        say(summary(changes))
        graded = [change for change in changes if change.is_graded]
        if graded and not options["dry_run"]:
            if not options["yes"]:
                click.confirm("Store these grades?", abort=True, err=True)
            store_changes(graded, gradebook)
            say(f"{len(graded)} grades stored")
    return ALL_GRADED if len(graded) == len(changes) else NOT_ALL_GRADED


def regraded(
    exercises: tuple[str, ...], gradebook: "Gradebook", crew: "Crew", options: dict[str, Any]
) -> "list[Change]":
    """Grade everything again that is out of date; return what it comes to, by student."""
    from grader.batch.regrade import Regrading
    from grader.cli.progress import BatchProgress

    bank = open_bank(options["bank"])
    names = [bank.find(name).id for name in exercises]
    regrading = Regrading(bank, gradebook, Commissions(bank, options, crew.pool), crew)
    changes = []
    progress = BatchProgress("graded again", regrading.count(names), crew.width())
    with progress, closing(regrading.run(progress.started, names)) as finished:
        for change in finished:
            changes.append(change)
            progress.done(change.done)
    return sorted(changes, key=lambda change: change.done.task.key.student)


def shown(change: "Change") -> Text:
    """Return what changes for a student, and by which tests."""
    text = Text()
    style = "green" if change.points > 0 else "red" if change.points < 0 else ""
    text.append(f"{change.points:+d}  ", style=style)
    text.append(f"{inert_line(change.done.task.shown)}\n", style="bold")
    for test in change.tests:
        text.append(f"      {test.points:+d}  {inert_line(test.title)}  {_outcomes(test)}\n")
    return text


def summary(changes: "list[Change]") -> str:
    """Return how many gain, lose, stay as they are, and which could not be graded."""
    if not changes:
        return "every grade is up to date: no exercise has changed since it was given"
    graded = [change for change in changes if change.is_graded]
    gain = sum(change.points > 0 for change in graded)
    lose = sum(change.points < 0 for change in graded)
    lines = [f"{gain} gain, {lose} lose, {len(graded) - gain - lose} keep their points"]
    for change in changes:
        if not change.is_graded:
            done = change.done
            reason = why_not_graded(done)
            lines.append(f"  not graded: {inert_line(done.task.shown)}: {inert_line(reason)}")
    return "\n".join(lines)


def _outcomes(test: "TestChange") -> str:
    before, after = (
        record.outcome if record else "no such test" for record in (test.before, test.after)
    )
    return f"({before} → {after})"
