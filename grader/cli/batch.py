"""`grade batch`: grade a class, and keep every grade the moment it is known."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from grader.cli.classes import Commissions, crew_for, gradebook_option, grading_options, opened
from grader.cli.options import ExerciseName, bank_option, open_bank
from grader.cli.output import print_text
from grader.cli.sandboxes import sandbox_options
from grader.messages import inert_line
from grader.outcomes import Fault

if TYPE_CHECKING:
    from grader.bank import Bank
    from grader.batch.plan import Planned
    from grader.batch.run import Crew
    from grader.batch.task import Done
    from grader.classroom import Intake, Refusal
    from grader.gradebook import Gradebook

ALL_GRADED, NOT_ALL_GRADED = 0, 3
_SHOWN = 20


@click.command(short_help="Grade a class: a folder or a zip of submissions.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--layout", metavar="NAME", help="How SUBMISSIONS is laid out; see below.")
@click.option(
    "--exercise",
    type=ExerciseName(),
    metavar="NAME",
    help="What all of it was handed in for, whatever the files are called.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The class as CSV with the columns id, name, email, section; tells who is missing.",
)
@gradebook_option
@grading_options
@click.option("--force", is_flag=True, help="Grade again what was graded and is unchanged.")
@bank_option
@sandbox_options
def batch(submissions: Path, **options: Any) -> int:
    """Grade the SUBMISSIONS of a class, and keep the grades in a gradebook.

    SUBMISSIONS is a folder or a zip file. How it is laid out is recognised; --layout insists:

    \b
      students      a folder for each student: anna/decorators.py
      files         files named by student: anna_decorators.py
      exercises     a folder for each exercise: decorators/anna.py
      canvas        a download of Canvas
      moodle        a download of Moodle
      classroom50   a folder of repositories as Classroom 50 clones them

    Each grade is stored as soon as it is known. Whatever ends the run, the same command goes on
    where it stopped; what was graded and is unchanged is not graded again.

    \b
    Examples:
      grade batch submissions/
      grade batch canvas.zip --exercise decorators --roster class.csv
      grade batch submissions/ --cluster tcp://grader1:8786

    Exit status: 0 everything was graded, 2 wrong usage, 3 something could not be graded.
    """
    from grader.intake import read_intake, read_roster

    with crew_for(options) as crew:  # first, since it gets ready while all else is read
        bank = open_bank(options["bank"])
        roster = read_roster(options["roster"]) if options["roster"] else ()
        intake = read_intake(
            submissions,
            bank,
            layout=options["layout"],
            roster=roster,
            exercise=options["exercise"],
        )
        commission_for = Commissions(bank, options, crew.pool)
        for hand_in in intake.hand_ins[:1]:
            crew.prepare(commission_for(hand_in.exercise).order)
        with opened(options["gradebook"]) as gradebook:
            enrol(gradebook, bank, intake, str(submissions.absolute()))
            planned = plan(intake, commission_for, gradebook, crew, force=options["force"])
            say(opening(intake, planned))
            not_graded = grade_all(planned, crew, gradebook)
            even_out(intake, commission_for, crew, gradebook)
    say(closing_words(planned, not_graded))
    return NOT_ALL_GRADED if not_graded or intake.refusals else ALL_GRADED


def enrol(gradebook: "Gradebook", bank: "Bank", intake: "Intake", source: str) -> None:
    """Put the class, its exercises and what was refused of a source into the gradebook."""
    from grader.classroom import Topic
    from grader.points import points_of

    wanted = {hand_in.exercise for hand_in in intake.hand_ins}
    wanted |= {refusal.exercise for refusal in intake.refusals}
    gradebook.enrol(intake.students)
    gradebook.note_topics(
        Topic(one.id, one.title, one.section, points_of(one) or 0)
        for one in bank.exercises
        if one.id in wanted
    )
    gradebook.note_refusals(intake.refusals, source)


def plan(
    intake: "Intake",
    commission_for: Commissions,
    gradebook: "Gradebook",
    crew: "Crew",
    *,
    force: bool,
) -> "Planned":
    """Return what is to be graded; what is unchanged counts as handed in once more."""
    from grader.batch.plan import plan_batch

    planned = plan_batch(
        intake.hand_ins, commission_for, gradebook, force=force, as_parcels=crew.needs_parcels
    )
    for one in planned.unchanged:
        gradebook.stand(one.key, one.hand_in.is_late, one.hand_in.place)
    return planned


def grade_all(planned: "Planned", crew: "Crew", gradebook: "Gradebook") -> "list[Done]":
    """Have everything graded, each grade stored at once; return what could not be graded."""
    from grader.batch.confirm import confirmed
    from grader.batch.keep import keep
    from grader.batch.run import run
    from grader.cli.progress import NOT_GRADED, BatchProgress, word_for

    failed = []
    progress = BatchProgress("graded", len(planned.pending), crew.width())
    with progress, closing(run(planned.tasks(), crew, progress.started)) as finished:
        for done in confirmed(finished, crew):
            keep(done, gradebook)
            progress.done(done)
            if word_for(done) == NOT_GRADED:
                failed.append(done)
    return failed


def even_out(
    intake: "Intake", commission_for: Commissions, crew: "Crew", gradebook: "Gradebook"
) -> None:
    """Try what has failed for one on all others, exercise by exercise."""
    from grader.batch.confirm import confirmed
    from grader.batch.luck import SecondLook
    from grader.batch.run import run
    from grader.cli.progress import SECOND_LOOK, BatchProgress

    for exercise in dict.fromkeys(hand_in.exercise for hand_in in intake.hand_ins):
        look = SecondLook(commission_for(exercise), gradebook, crew)
        what = f"tried on others' counterexamples ({exercise})"
        progress = BatchProgress(what, look.count(), crew.width(), SECOND_LOOK)
        with progress, closing(run(look.tasks(), crew, progress.started)) as finished:
            for done in confirmed(finished, crew):
                look.settle(done)
                progress.done(done)


def opening(intake: "Intake", planned: "Planned") -> str:
    """Return what is said before anything is graded."""
    found = len(planned.pending) + len(planned.unchanged)
    lines = [
        f"{found} submissions of {len(intake.students)} students (layout: {intake.layout}); "
        f"{len(planned.unchanged)} graded before and unchanged"
    ]
    lines += _absent(intake)
    lines += _listed("not matched, and left alone", intake.unmatched)
    lines += _listed("refused", intake.refusals)
    return "\n".join(lines)


def closing_words(planned: "Planned", not_graded: "Sequence[Done]") -> str:
    """Return the summary: how many are graded, what is not and why, and what to do next."""
    graded = len(planned.pending) - len(not_graded)
    lines = [f"{graded} graded, {len(planned.unchanged)} unchanged, {len(not_graded)} not graded"]
    for done in not_graded:
        lines.append(f"  {inert_line(done.task.shown)}: {inert_line(why_not_graded(done))}")
    if not_graded:
        lines.append("None of these costs points. Run the same command again to try them again.")
    return "\n".join(lines)


def _absent(intake: "Intake") -> list[str]:
    """Return the line that names who has handed in nothing, as far as names fit, or none."""
    there = {hand_in.student for hand_in in intake.hand_ins}
    absent = [inert_line(one.shown) for one in intake.students if one.id not in there]
    if not absent:
        return []
    more = f" and {len(absent) - _SHOWN} more" if len(absent) > _SHOWN else ""
    return [f"{len(absent)} with nothing to grade: {', '.join(absent[:_SHOWN])}{more}"]


def _listed(what: str, refusals: "Sequence[Refusal]") -> list[str]:
    if not refusals:
        return []
    shown = [f"  {inert_line(one.place)}: {inert_line(one.reason)}" for one in refusals[:_SHOWN]]
    more = len(refusals) - len(shown)
    return [f"{len(refusals)} {what}:", *shown, *([f"  and {more} more"] if more else [])]


def why_not_graded(done: "Done") -> str:
    """Return why a task has no grade."""
    if done.result is None:
        return done.reason
    if done.result.breakdown is not None:
        return done.result.breakdown.message
    ours = (test for test in done.result.tests if test.outcome.fault is Fault.GRADER)
    return next((test.message for test in ours), "no hidden test ran")


def say(text: str) -> None:
    """Say something on standard output."""
    print_text(Text(f"{text}\n"))
