"""`grade check`: find out whether exercises are fair and strong."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.cli.output import Output, Render, counting, warn
from grader.cli.sandboxes import sandbox_options, settled_choice
from grader.errors import UsageError
from grader.findings import Check, Code

if TYPE_CHECKING:
    from grader.bank import Bank, Exercise
    from grader.check.check import Task
    from grader.check.gradings import Workshop

NO_SANDBOX = (
    "there is no sandbox: the solutions and their mutants run as ordinary programs of yours; "
    "`grade doctor` tells what to install."
)
FORMATS = ("text", "json", "html")
FAULTS_FOUND, NOT_CHECKED = 1, 3


@click.command(short_help="Prove exercises fair and strong.")
@click.argument("names", nargs=-1, type=ExerciseName(), metavar="[NAME]...")
@click.option("--section", metavar="ID", help="Check the exercises of one section.")
@bank_option
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="How many submissions are graded at a time. Default: one for each core.",
)
@click.option("--fresh", is_flag=True, help="Check anew what was checked before and is unchanged.")
@sandbox_options
@click.option(
    "--format",
    "report_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text is for people; json is one exercise a line, for programs; html is a page that "
    "shows which test catches what.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to FILE, whole or not at all, instead of the terminal.",
)
def check(names: tuple[str, ...], **options: Any) -> int:
    """Check the exercises NAME... (default: all) and say what is wrong with them.

    The reference must get all points and the stub none; every wrong solution must lose some, and
    so must small changes of the reference; answers that were forged must not earn any.

    \b
    Examples:
      grade check decorators
      grade check --section L2 --jobs 4
      grade check --format html --output check.html

    Exit status: 0 nothing found, 1 something found, 2 wrong usage, 3 something could not be
    checked.
    """
    bank = open_bank(options["bank"])
    exercises = chosen(bank, names, options["section"])
    is_page = options["report_format"] == "html"
    checks = []
    with (
        Output(renderer(options["report_format"]), options["output"]) as output,
        closing(check_exercises(bank, exercises, options)) as found,
    ):
        for one in found:
            checks.append(one)
            if not is_page:
                output.add(one)
        if is_page:
            output.add(checks)
    if options["report_format"] == "text" and len(checks) > 1:
        click.echo(summary(checks))
    return exit_status(checks)


def chosen(bank: "Bank", names: Sequence[str], section: str | None) -> "tuple[Exercise, ...]":
    """Return the exercises of these names, or of a section, or all.

    Raises:
        UsageError: for a name that the bank does not have, or when there is nothing to check.
    """
    if names and section is not None:
        raise UsageError("name exercises or a --section, not both")
    if names:
        return tuple(bank.find(name) for name in dict.fromkeys(names))
    if section is None:
        return _any(bank.exercises, "the bank has no exercise yet")
    for one in bank.sections:
        if one.id == section:
            return _any(one.exercises, f"the section {section} has no exercise yet")
    ids = ", ".join(one.id for one in bank.sections)
    raise UsageError(f"the bank has no section {section!r}; it has {ids}")


def _any(exercises: "tuple[Exercise, ...]", complaint: str) -> "tuple[Exercise, ...]":
    if not exercises:
        raise UsageError(f"{complaint}; `grade new` adds one")
    return exercises


def renderer(report_format: str) -> Render:
    """Return what writes a check in a format, or for "html" what writes all of them as a page."""
    if report_format == "json":
        from grader.reports.check_json import render as render_json

        return render_json
    if report_format == "html":
        from grader.reports.check_html import render as render_html

        return render_html
    from grader.reports.check_text import render as render_text

    return render_text


def check_exercises(
    bank: "Bank", exercises: "Sequence[Exercise]", options: dict[str, Any]
) -> Generator[Check, None, None]:
    """Check exercises and yield what was found, in order; close it to end what is under way."""
    from grader.check.check import check_all

    tasks = tasks_for(bank, exercises, options)
    if any(task.plan.sandbox.name == "none" for task in tasks):
        warn(NO_SANDBOX)
    with (
        counting("graded") as counter,
        workshop(options["jobs"], counter, is_fresh=options["fresh"]) as shop,
    ):
        for one in check_all(tasks, shop):
            with counter.hidden():
                yield one


def tasks_for(
    bank: "Bank", exercises: "Sequence[Exercise]", options: dict[str, Any]
) -> "list[Task]":
    """Return what is to be checked, each in the sandbox that the options come to."""
    from grader.check.check import Task
    from grader.judge.grade import Plan
    from grader.sandbox.choice import take_sandbox

    settled = {}
    tasks = []
    for exercise in exercises:
        image = options["image"] or exercise.image
        if image not in settled:
            choice = settled_choice(bank, image, options)
            settled[image] = choice, take_sandbox(choice).image()[1]
        choice, digest = settled[image]
        plan = Plan(choice, exercise.limits, 0, hidden_paths=(str(bank.root),), shrink=False)
        tasks.append(Task(exercise, bank.root, plan, digest))
    return tasks


@contextmanager
def workshop(
    jobs: int | None, on_task: Callable[[int], None], *, is_fresh: bool
) -> "Iterator[Workshop]":
    """Give what all checks of a run share; when the block is left, nothing runs on."""
    from grader.cache import CHECKS, Cache, cache_folder, prune
    from grader.check.gradings import Workshop
    from grader.judge.processes import PreloadedJudges

    cache = Cache(cache_folder() / CHECKS, is_read=not is_fresh)
    executor = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
    try:
        with PreloadedJudges() as judges:
            try:
                yield Workshop(executor, judges, cache, on_task)
            finally:  # first, so that no judge is asked for any more; then end those at work
                executor.shutdown(wait=False, cancel_futures=True)
    finally:
        executor.shutdown()
    prune()


def summary(checks: list[Check]) -> str:
    """Return the last line: how many exercises have faults, and the strength over all."""
    faulty = sum(bool(one.faults) for one in checks)
    mutants, caught = sum(one.mutants for one in checks), sum(one.caught for one in checks)
    strength = f"; strength over all {caught / mutants:.3f}" if mutants else ""
    return f"{len(checks)} exercises, {faulty or 'none'} with faults{strength}"


def exit_status(checks: list[Check]) -> int:
    """Return 3 when anything could not be checked, else 1 when anything is wrong, else 0."""
    codes = {finding.code for one in checks for finding in one.faults}
    if Code.NOT_CHECKED in codes:
        return NOT_CHECKED
    return FAULTS_FOUND if codes else 0
