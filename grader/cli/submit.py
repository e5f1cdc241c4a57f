"""`grade submit`: grade files and report what is wrong."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import ExerciseName, bank_option, open_bank, seed_and_limit_options
from grader.cli.output import Output, Render, warn, working_on
from grader.cli.sandboxes import sandbox_options, settled_choice
from grader.errors import UsageError
from grader.messages import inert_line
from grader.reports.feedback import Feedback, redact
from grader.results import Result, Verdict
from grader.sandbox.choice import SandboxChoice

if TYPE_CHECKING:
    from grader.bank import Bank, Exercise
    from grader.judge.fresh import FreshJudges
    from grader.judge.grade import Plan

NO_SANDBOX = (
    "there is no sandbox: the code runs as an ordinary program of yours, with limits on time and "
    "memory only. Grade nobody else's code like this; `grade doctor` tells what to install."
)


SYSTEMS = ("gradescope", "exercism", "classroom50")


@click.command(short_help="Grade files: what is wrong, by the smallest example.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--exercise",
    type=ExerciseName(),
    metavar="NAME",
    help="The exercise, whatever FILE is called (`grade list` shows all).",
)
@bank_option
@sandbox_options
@seed_and_limit_options
@click.option(
    "--feedback",
    type=click.Choice([level.value for level in Feedback]),
    default=Feedback.FULL.value,
    show_default=True,
    help="How much is told: only points; the tests' titles, too; also the smallest input that "
    "fails; or all, with the answer that was expected and a hint.",
)
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "json", *SYSTEMS]),
    default="text",
    show_default=True,
    help="text is for people; json is one result a line, for programs; the others are what that "
    "system reads, of one FILE.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report to FILE, whole or not at all, instead of the terminal.",
)
def submit(files: tuple[Path, ...], **options: Any) -> int:
    """Grade each FILE and tell what is wrong with it, by the smallest example.

    A FILE is graded as the exercise that it is named for: decorators.py as `decorators`.

    \b
    Examples:
      grade submit exercises/decorators.py
      grade submit mine.py --exercise decorators
      grade submit decorators.py --sandbox docker --limit test_seconds=30
      grade submit *.py --format json --output results.jsonl
    """
    if options["report_format"] in SYSTEMS and len(files) > 1:
        raise UsageError(f"--format {options['report_format']} tells of one FILE")
    with Output(renderer(options["report_format"]), options["output"]) as output:
        results = []
        for result in grade_all(files, options):
            output.add(redact(result, Feedback(options["feedback"])))
            results.append(result)
    return exit_status(results)


def renderer(report_format: str) -> Render:
    """Return what writes a result in a format; only that one's module is imported."""
    if report_format == "json":
        from grader.reports.json import render as render_json

        return render_json
    if report_format == "gradescope":
        from grader.reports.gradescope import render as render_gradescope

        return render_gradescope
    if report_format == "exercism":
        from grader.reports.exercism import render as render_exercism

        return render_exercism
    if report_format == "classroom50":
        from grader.reports.classroom50 import origin_of
        from grader.reports.classroom50 import render as render_classroom50

        return lambda result: render_classroom50(result, origin_of(os.environ))
    from grader.reports.text import render as render_text

    return render_text


def grade_all(files: tuple[Path, ...], options: dict[str, Any]) -> Iterator[Result]:
    """Grade one file after another; everything that can be refused is, before the first."""
    from grader.judge.fresh import FreshJudges
    from grader.judge.grade import judge_environment

    with FreshJudges() as judges:
        # It loads while all else is read; what auto comes to is not known yet, but mostly docker.
        likely = "docker" if options["sandbox"] == "auto" else options["sandbox"]
        judges.prepare(judge_environment(options["seed"]), likely)
        yield from grade_by(judges, files, options)


def grade_by(
    judges: "FreshJudges", files: tuple[Path, ...], options: dict[str, Any]
) -> Iterator[Result]:
    """Grade one file after another by some judges."""
    from grader.judge.grade import grade, prepared
    from grader.submission import read_submission

    tasks = []
    settled: dict[str, SandboxChoice] = {}
    for file in files:
        check_there(file)
        bank = open_bank(options["bank"], _start(file))
        exercise = exercise_of(bank, file, options["exercise"])
        submission = read_submission(file, exercise)
        image = options["image"] or exercise.image
        if image not in settled:
            settled[image] = settled_choice(bank, image, options)
        tasks.append((submission, exercise, plan_for(bank, exercise, settled[image], options)))
    if any(choice.name == "none" for choice in settled.values()):
        warn(NO_SANDBOX)
    for submission, exercise, plan in tasks:
        with working_on(f"grading {submission.path}"):
            result = grade(submission, exercise, prepared(exercise, plan, judges), judges)
        yield result


def check_there(file: Path) -> None:
    """Raise UsageError when there is nothing at a path, or it cannot be got at."""
    try:
        file.stat()
    except FileNotFoundError:
        raise UsageError(f"{inert_line(str(file))} is not there") from None
    except OSError as error:
        raise UsageError(f"{inert_line(str(file))} cannot be read: {error.strerror}") from None


def exercise_of(bank: "Bank", file: Path, named: str | None) -> "Exercise":
    """Return the exercise that was named, or the one that the file is named for."""
    from grader.bank import exercise_for

    return bank.find(named) if named else exercise_for(bank, file)


def plan_for(
    bank: "Bank", exercise: "Exercise", sandbox: SandboxChoice, options: dict[str, Any]
) -> "Plan":
    """Return how to grade one exercise with the options of the command line."""
    from grader.judge.grade import Plan

    limits = exercise.limits.replace(dict(options["limits"]))
    return Plan(sandbox, limits, options["seed"], hidden_paths=(str(bank.root),))


def exit_status(results: list[Result]) -> int:
    """Return 3 when anything was not graded, else 1 when any point was lost, else 0."""
    verdicts = {result.verdict for result in results}
    for verdict in (Verdict.NOT_GRADED, Verdict.NOT_ALL_POINTS):
        if verdict in verdicts:
            return verdict.exit_status
    return Verdict.ALL_POINTS.exit_status


def _start(file: Path) -> Path:
    """Return where to look for a bank: from here, unless only the file's own folder has one."""
    from grader.bank import find_bank

    try:
        return find_bank(Path.cwd())
    except UsageError:
        return file.absolute().parent
