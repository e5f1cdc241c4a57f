"""Blame: the reference decides whose fault it is that a judge or a hidden test broke."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader import messages
from grader.judge.blame import MOST_CULPRITS, ask_the_reference, judge_in_turns
from grader.judge.job import Job
from grader.judge.report import Account
from grader.outcomes import Outcome
from grader.results import Breakdown, TestRecord
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission
from judge.conftest import WriteExercise, job_for

LIMIT = Breakdown(Outcome.JUDGE_LIMIT, "too slow")
TESTS = ("one", "two", "three", "four", "five")

Breaks = Callable[[Job, str], bool]
"""Tells whether a judge breaks when it gets to a test of a job."""


class FakeJudges:
    """Judges that pass every test of TESTS, or break at one; keeps the jobs that it is given."""

    def __init__(self, breaks: Breaks, breakdown: Breakdown | None = LIMIT) -> None:
        self.jobs: list[Job] = []
        self._breaks = breaks
        self._breakdown = breakdown

    def run(self, job: Job) -> Account:
        self.jobs.append(job)
        outcome = Outcome.PASSED
        account = Account(facts={"sandbox": "fake"}, is_finished=True)
        for name in job.only or TESTS:
            if outcome is Outcome.PASSED and self._breaks(job, name):
                outcome = Outcome.JUDGE_BROKE
                account = Account(account.records, breakdown=self._breakdown)
            account.records[name] = TestRecord(name, name, 1, outcome, "")
        return account


@pytest.fixture
def job(write_exercise: WriteExercise) -> Job:
    """A job of judging a submission that is not the reference."""
    exercise = write_exercise("def test_it(): pass")
    return job_for(exercise, Submission("mine.py", {"small.py": b""}, "small.py"))


def is_reference(job: Job) -> bool:
    """Tell whether a job is for the reference."""
    return job.submission.path != "mine.py"


def outcomes_of(account: Account) -> list[Outcome]:
    """Return the outcomes in the order of the tests."""
    return [account.records[name].outcome for name in TESTS]


def test_a_judge_that_comes_to_its_end_is_asked_once(job: Job) -> None:
    judges = FakeJudges(lambda job, name: False)
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED] * 5
    assert judges.jobs == [job]


@pytest.mark.parametrize(
    "breakdown", [LIMIT, Breakdown(Outcome.JUDGE_BROKE, "it died"), None], ids=str
)
def test_what_breaks_the_judge_twice_is_a_bad_reply_and_the_rest_is_judged(
    job: Job, breakdown: Breakdown | None
) -> None:
    judges = FakeJudges(lambda job, name: name == "two" and not is_reference(job), breakdown)
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED, Outcome.BAD_REPLY, *[Outcome.PASSED] * 3]
    assert account.records["two"].message == messages.too_much_to_judge()
    assert (account.breakdown, account.is_finished) == (None, True)
    assert account.facts == {"sandbox": "fake"}
    assert [(is_reference(job), job.only) for job in judges.jobs] == [
        (False, ()),
        (True, ()),
        (False, ("two", "three", "four", "five")),
        (False, ("three", "four", "five")),
    ]


def test_a_judge_that_breaks_once_by_chance_costs_nothing(job: Job) -> None:
    judges = FakeJudges(lambda job, name: name == "two" and not job.only and not is_reference(job))
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED] * 5
    assert account.is_finished


def test_the_last_test_may_break_the_judge_as_well(job: Job) -> None:
    judges = FakeJudges(lambda job, name: name == "five" and not is_reference(job))
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [*[Outcome.PASSED] * 4, Outcome.BAD_REPLY]
    assert (account.breakdown, account.is_finished) == (None, True)
    assert account.facts == {"sandbox": "fake"}


def test_a_test_that_breaks_the_judge_of_the_reference_too_is_our_fault(job: Job) -> None:
    judges = FakeJudges(lambda job, name: name == "two")
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED, *[Outcome.JUDGE_BROKE] * 4]
    assert account.breakdown == LIMIT
    assert len(judges.jobs) == 2


def test_who_breaks_the_judge_in_test_after_test_loses_what_is_left(job: Job) -> None:
    judges = FakeJudges(lambda job, name: name != "one" and not is_reference(job))
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED, *[Outcome.BAD_REPLY] * 4]
    assert (account.breakdown, account.is_finished) == (None, True)
    # Each culprit twice, one run that shows that there are more, and the reference.
    assert len(judges.jobs) == 2 * MOST_CULPRITS + 2


def test_a_sandbox_that_fails_is_nobodys_doing_and_not_tried_again(job: Job) -> None:
    judges = FakeJudges(
        lambda job, name: name == "two", Breakdown(Outcome.SANDBOX_FAILED, "no engine")
    )
    account = judge_in_turns(job, judges.run)
    assert outcomes_of(account) == [Outcome.PASSED, *[Outcome.JUDGE_BROKE] * 4]
    assert len(judges.jobs) == 1


def test_only_the_first_run_records_and_no_forger_plays_the_reference(job: Job) -> None:
    forged = replace(
        job,
        sandbox=SandboxChoice("none", forger="None"),
        record_to=job.exercise.reference.with_suffix(".json"),
    )
    judges = FakeJudges(lambda job, name: name == "two" and not is_reference(job))
    judge_in_turns(forged, judges.run)
    assert [job.record_to is None for job in judges.jobs] == [False, True, True, True]
    assert [job.sandbox.forger for job in judges.jobs] == ["None", "", "None", "None"]


def broken(name: str) -> TestRecord:
    """Return the record of a test that has raised."""
    return TestRecord(name, name, 1, Outcome.TEST_BROKEN, f"{messages.TEST_RAISED}KeyError: 1")


def test_what_only_this_submission_makes_raise_has_failed_and_what_both_do_is_broken(
    job: Job,
) -> None:
    account = Account({name: broken(name) for name in ("one", "two")}, is_finished=True)
    judges = FakeJudges(lambda job, name: name == "two")
    ask_the_reference(account, job, judges.run)
    assert account.records["one"].outcome is Outcome.FAILED
    assert account.records["one"].message == messages.unusable("KeyError: 1")
    assert account.records["two"] == broken("two")
    assert [(is_reference(job), job.only) for job in judges.jobs] == [(True, ("one", "two"))]
