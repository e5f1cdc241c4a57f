"""The verdict on one test: which exception means which outcome, and what is said of it."""

import errno

import pytest
from hypothesis.errors import Flaky, FlakyFailure, UnsatisfiedAssumption

from grader import messages
from grader.judge.examples import ShrunkEnough
from grader.judge.explain import Comparison
from grader.judge.replies import Failure
from grader.judge.session import Ended
from grader.judge.verdict import Finding, describe_breakage, judge_exception
from grader.outcomes import FAULTS, Outcome
from grader.results import Frame
from grader.testing import AuthoringError, Captured, Mismatch, Question, Raised

FRAMES = (Frame("small.py", 3, "answer", "return 1 / 0"),)


def never_asked(question: Question) -> Captured:
    """Recall nothing."""
    raise LookupError


def judged(error: BaseException) -> Finding:
    """Judge what was raised in no file in particular."""
    return judge_exception(error, "test_small.py", never_asked)


@pytest.mark.parametrize("outcome", [outcome for outcome in FAULTS if outcome != "passed"])
def test_a_test_that_could_not_go_on_has_the_outcome_that_ended_it(outcome: Outcome) -> None:
    assert judged(Ended(outcome, "a sentence")) == Finding(outcome, "a sentence")


def test_the_frames_of_what_ended_a_test_are_kept() -> None:
    failure = Failure("MemoryError", (), "", FRAMES)
    assert judged(Ended(Outcome.OUT_OF_MEMORY, "", failure)).frames == FRAMES


def test_an_exception_of_the_submission_is_raised_with_its_frames() -> None:
    finding = judged(Raised("KeyError", ("builtins.KeyError",), "'x'", FRAMES))
    assert finding == Finding(Outcome.RAISED, "Your code raised KeyError: 'x'.", frames=FRAMES)


def test_another_exception_than_was_asked_for_is_a_failure_with_its_frames() -> None:
    finding = judged(Mismatch("a sentence", FRAMES))
    assert finding == Finding(Outcome.FAILED, "a sentence", frames=FRAMES)


def test_an_assertion_is_a_failure_in_the_authors_words() -> None:
    assert judged(AssertionError("Zero is even.")) == Finding(Outcome.FAILED, "Zero is even.")


def test_an_assertion_without_a_message_is_a_wrong_answer() -> None:
    assert judged(AssertionError()) == Finding(Outcome.FAILED, messages.failed(), Comparison())


def test_pytest_fail_is_a_failure_in_the_authors_words() -> None:
    assert judged(pytest.fail.Exception("Zero is even.")) == Finding(
        Outcome.FAILED, "Zero is even."
    )


def test_what_pytest_itself_complains_of_is_a_broken_test() -> None:
    finding = judged(pytest.fail.Exception("async def is not supported", pytrace=False))
    assert finding.outcome is Outcome.TEST_BROKEN


def test_answers_that_change_are_a_failure_that_says_so() -> None:
    assert judged(Flaky("...")) == Finding(Outcome.FAILED, messages.inconsistent())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NameError("name 'x' is not defined"), "raised NameError: name 'x' is not defined"),
        (SystemExit(0), "raised SystemExit: 0"),
        (pytest.skip.Exception("later"), "was skipped (later), which is not passing"),
        (pytest.xfail.Exception("later"), "was skipped (later), which is not passing"),
        (UnsatisfiedAssumption(), "found no example to try"),
        (ShrunkEnough(), "found no example to try"),
    ],
    ids=lambda item: type(item).__name__,
)
def test_anything_else_is_a_broken_test(error: BaseException, sentence: str) -> None:
    assert judged(error) == Finding(Outcome.TEST_BROKEN, f"the hidden test {sentence}")


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "error",
    [FULL, OSError(errno.EMFILE, "Too many"), FlakyFailure("...", [ValueError(), FULL])],
    ids=["no disk", "no files", "only for a moment"],
)
def test_a_failure_of_the_judges_machine_is_ours(error: BaseException) -> None:
    finding = judged(error)
    assert finding.outcome is Outcome.SANDBOX_FAILED
    assert finding.message.startswith("this machine failed: [Errno 2")


def test_a_missing_file_is_not_the_machines_fault() -> None:
    assert judged(FileNotFoundError(errno.ENOENT, "No")).outcome is Outcome.TEST_BROKEN


def test_an_authors_error_is_said_in_its_own_words() -> None:
    assert describe_breakage(AuthoringError("scenario 'ask' ...")) == "scenario 'ask' ..."


HUGE = 10**5000


@pytest.mark.parametrize("kind", [AssertionError, KeyError, ValueError])
def test_an_answer_with_too_many_digits_in_an_exception_breaks_nothing(
    kind: type[BaseException],
) -> None:
    assert "a very large number" in judged(kind(HUGE)).message


@pytest.mark.parametrize("kind", [AssertionError, KeyError])
def test_a_long_answer_in_an_exception_is_cut(kind: type[BaseException]) -> None:
    assert len(judged(kind("x" * 1_000_000)).message) < 1000
