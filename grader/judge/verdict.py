"""Decides what became of a test from how it ended, and says so in a sentence for the student.

The one place where exceptions turn into outcomes; whose fault an outcome is stands in
`grader.outcomes`.
"""

from dataclasses import dataclass, field

import pytest
from hypothesis.errors import Flaky, UnsatisfiedAssumption

from grader import messages
from grader.judge.examples import ShrunkEnough
from grader.judge.explain import Comparison, Recall, explain
from grader.judge.session import Ended
from grader.outcomes import Outcome
from grader.results import Frame
from grader.testing import AuthoringError, Mismatch, Raised


@dataclass(frozen=True)
class Finding:
    """What became of a test, before it is put on record."""

    outcome: Outcome
    message: str
    comparison: Comparison = field(default_factory=Comparison)
    frames: tuple[Frame, ...] = ()


def judge_exception(error: BaseException, test_file: str, recall: Recall) -> Finding:
    """Return what it means that a hidden test of `test_file` ended with `error`.

    `recall` gives the answer that a question of the test has had.
    """
    if isinstance(error, Ended):
        frames = error.failure.frames if error.failure else ()
        return Finding(error.outcome, error.message, frames=frames)
    if isinstance(error, Raised):
        message = messages.raised(error.type_name, error.message)
        return Finding(Outcome.RAISED, message, frames=error.frames)
    if isinstance(error, Mismatch):
        return Finding(Outcome.FAILED, str(error), frames=error.frames)
    if isinstance(error, AssertionError):
        comparison = explain(error.__traceback__, test_file, recall)
        return Finding(Outcome.FAILED, _text(error) or messages.failed(), comparison)
    # `pytest.fail`, but neither its subclass xfail nor what pytest itself complains of.
    if type(error) is pytest.fail.Exception and error.pytrace:
        return Finding(Outcome.FAILED, _text(error) or messages.failed())
    if isinstance(error, Flaky):
        return Finding(Outcome.FAILED, messages.inconsistent())
    return Finding(Outcome.TEST_BROKEN, describe_breakage(error))


def describe_breakage(error: BaseException) -> str:
    """Return, for the author, how a hidden test broke."""
    if isinstance(error, pytest.skip.Exception | pytest.xfail.Exception):
        return f"the hidden test was skipped ({error}), which is not passing"
    if isinstance(error, ShrunkEnough | UnsatisfiedAssumption):
        return "the hidden test found no example to try"
    if isinstance(error, AuthoringError):
        return str(error)
    return f"{messages.TEST_RAISED}{type(error).__name__}: {_text(error)}"


def _text(error: BaseException) -> str:
    """Return what an exception says, cut: it may hold an answer, however long that is."""
    try:
        return messages.cut(str(error))
    except ValueError:  # an int beyond Python's limit on decimal digits
        return messages.show(error.args)
