"""Judges the examples in a stub's docstrings by what the reference does."""

import os
from collections.abc import Iterator

from grader.bank import Exercise
from grader.check.examples import ExampleError, Failed, failed_examples
from grader.errors import GraderError
from grader.findings import Code, Finding
from grader.judge.grade import Plan


def example_findings(exercise: Exercise, plan: Plan, stub: str) -> Iterator[Finding]:
    """Return a finding for each example that the reference does not do as the stub says.

    Args:
        exercise: the exercise.
        plan: how its submissions are graded.
        stub: the place of the stub.
    """
    try:
        for failed in failed_examples(exercise, plan, os.urandom(8).hex()):
            yield _fails(failed, stub)
    except ExampleError as error:
        yield Finding(
            code=Code.EXAMPLE_FAILS,
            place=stub,
            message=f"the examples cannot be run: {error}",
            remedy="mend the example; it is written as at Python's prompt, with >>> and ...",
        )
    except GraderError as error:
        yield Finding(Code.NOT_CHECKED, stub, str(error), "mend that first, and check again")


def _fails(failed: Failed, stub: str) -> Finding:
    first, *more = failed.source.splitlines()
    return Finding(
        code=Code.EXAMPLE_FAILS,
        place=f"{stub}:{failed.line}",
        message="the reference does something else than this example says",
        remedy="mend the example, or the reference",
        details=(
            f">>> {first}",
            *(f"... {line}" for line in more),
            *(f"says: {line}" for line in failed.want.splitlines() or ["(nothing)"]),
            *(f"does: {line}" for line in failed.got.splitlines() or ["(nothing)"]),
        ),
    )
