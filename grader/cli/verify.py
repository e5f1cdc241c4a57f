"""`grade verify`: grade again what a result says was graded, and compare."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from grader.cli.options import bank_option, open_bank
from grader.cli.output import print_text, working_on
from grader.cli.sandboxes import sandbox_options, settled_choice
from grader.errors import UsageError
from grader.messages import inert_line
from grader.results import Result, Verdict, from_json

if TYPE_CHECKING:
    from grader.bank import Bank
    from grader.batch.compare import TestChange

SAME, DIFFERENT, NOT_GRADED = 0, 1, 3
_MAX_BYTES = 64 * 1024 * 1024


@click.command(short_help="Grade again what a result says, and compare.")
@click.argument("result", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--submission",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the submission is now. Default: where the result says it was.",
)
@bank_option
@sandbox_options
def verify(result: Path, **options: Any) -> int:
    """Run the grading that RESULT tells of again, and say what comes out differently.

    RESULT holds what `grade submit --format json` writes, one result a line. Sandbox, limits and
    seed are taken from it; the sandbox can be another one.

    \b
    Example:
      grade verify results.jsonl

    Exit status: 0 the same, 1 something is different, 2 wrong usage, 3 something could not be
    graded.
    """
    found = read_results(result)
    if options["submission"] and len(found) > 1:
        raise UsageError("--submission is for a file with one result")
    bank = open_bank(options["bank"])
    return max(verify_one(one, bank, options) for one in found)


def read_results(file: Path) -> list[Result]:
    """Return the results in a file, one a line.

    Raises:
        UsageError: when it cannot be read, or holds anything else.
    """
    name = inert_line(str(file))
    try:
        with file.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None
    if len(content) > _MAX_BYTES:
        raise UsageError(f"{name} is larger than {_MAX_BYTES} bytes; split it by lines")
    results = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            results.append(from_json(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UsageError(
                f"{name}, line {number}: no result of `grade submit --format json` "
                f"({inert_line(str(error))})"
            ) from None
    if not results:
        raise UsageError(f"{name} holds no result")
    return results


def verify_one(before: Result, bank: "Bank", options: dict[str, Any]) -> int:
    """Grade one result again, say what is different, and return the exit status for it."""
    from grader.batch.compare import compare

    after, notes = graded_again(before, bank, options)
    changes = compare(before, after)
    is_same = not changes and before.verdict is after.verdict
    print_text(_shown(before, after, changes, notes, is_same=is_same))
    if after.verdict is Verdict.NOT_GRADED:
        return NOT_GRADED
    return SAME if is_same else DIFFERENT


def graded_again(before: Result, bank: "Bank", options: dict[str, Any]) -> tuple[Result, list[str]]:
    """Return a new result, and what is not as it was when the first one was made."""
    from grader.batch.verify import grade_as
    from grader.judge.grade import Plan
    from grader.submission import read_submission

    exercise = bank.find(before.exercise)
    path = options["submission"] or Path(before.submission)
    submission = read_submission(path, exercise)
    image = options["image"] or exercise.image
    chosen = options["sandbox"]
    named = before.evidence.sandbox if chosen == "auto" else chosen
    choice = settled_choice(bank, image, {**options, "sandbox": named})
    plan = Plan(choice, before.evidence.limits, before.evidence.seed, (str(bank.root),))
    with working_on(f"grading {submission.path}"):
        after = grade_as(before, submission, exercise, plan)
    return after, differences(before, after)


def differences(before: Result, after: Result) -> list[str]:
    """Return a sentence for each piece of evidence that is another now."""
    parts = {
        "submission_sha256": "the submission is not the one that was graded",
        "stub_sha256": "the stub is not the one of then",
        "tests_sha256": "the hidden tests are not those of then",
        "worker_sha256": "the worker in the sandbox is not the one of then",
        "sandbox": "the sandbox is another one",
        "image_digest": "the sandbox's image is another one",
    }
    notes = [
        sentence
        for name, sentence in parts.items()
        if getattr(before.evidence, name) != getattr(after.evidence, name)
    ]
    versions = {**before.evidence.versions, **after.evidence.versions}
    for name in versions:
        old, new = (one.evidence.versions.get(name, "none") for one in (before, after))
        if old != new:
            notes.append(f"{name} was {old} and is {new}")
    return notes


def _shown(
    before: Result,
    after: Result,
    changes: "tuple[TestChange, ...]",
    notes: list[str],
    *,
    is_same: bool,
) -> Text:
    text = Text()
    text.append(f"{inert_line(before.exercise)}  ", style="bold")
    text.append(f"{inert_line(before.submission)}\n")
    if is_same:
        text.append(f"  ✓ the same: {after.points} of {after.max_points} points\n", style="green")
    else:
        words = f"  ✗ different: {before.points} points then, {after.points} now\n"
        text.append(words, style="red")
    for change in changes:
        old, new = (one.outcome if one else "no such test" for one in (change.before, change.after))
        text.append(f"      {inert_line(change.title)}  {old} → {new}\n")
    for note in notes:
        text.append(f"    note: {inert_line(note)}\n", style="dim")
    return text
