"""Decides what became of a test from how it ended, and says so in a sentence for the student.

The one place where exceptions turn into outcomes; whose fault an outcome is stands in
`grader.outcomes`.
"""

import errno
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

_FAILURES_OF_THE_MACHINE = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE),
    *(errno.EAGAIN, errno.ENOMEM, errno.EIO),
)
"""No answer can bring these about: a full disk, no more files, processes or memory, a bad disk."""


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
    failure = failure_of_the_machine(error)
    if failure is not None:
        # Not JUDGE_BROKE, which an answer may have brought about (`judge.blame`).
        return Finding(Outcome.SANDBOX_FAILED, f"this machine failed: {_text(failure)}")
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


def failure_of_the_machine(error: BaseException) -> OSError | None:
    """Return how the judge's own machine failed a hidden test, perhaps only for a moment, or None.

    What Hypothesis could not bring about a second time arrives as a group, with what it was before.
    """
    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(failure_of_the_machine, error.exceptions)), None)
    if isinstance(error, OSError) and error.errno in _FAILURES_OF_THE_MACHINE:
        return error
    return None


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
