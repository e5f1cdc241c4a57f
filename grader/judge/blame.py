"""Decides, by asking the reference, whose fault it is that a hidden test or the judge itself broke.

What a test raises, and what it takes of the judge's time and memory, may be the test's own doing or
that of the answers it was given. The same test on the reference tells the two apart.
"""

from collections.abc import Callable
from dataclasses import replace

from grader import messages
from grader.judge.job import Job
from grader.judge.report import Account
from grader.outcomes import Outcome
from grader.submission import read_submission

# Each costs the judge all its time, and twice; who breaks it a third time has lost what is left.
MOST_CULPRITS = 2

Run = Callable[[Job], Account]
"""Runs a judge's process on a job, and returns all that it reported."""


def judge_in_turns(job: Job, run: Run) -> Account:
    """Have a job judged, and what a broken judge has left open once more.

    A judge that runs out of its time or memory, or dies, does so in a test. Where the reference
    passes it within the bounds and the judge breaks in it a second time, too (once may be chance),
    the submission's answers are to blame, and the tests after it are judged without it. Where the
    reference does not, the fault is ours and nothing more is judged.
    """
    account = run(job)
    if not _left_open(account):
        return account
    reference = run(_on_the_reference(job, job.only))
    suspects: list[str] = []
    culprits: list[str] = []
    while (names := _left_open(account)) and _is_passed(reference, names[0]):
        if len(culprits) == MOST_CULPRITS:
            culprits += names
        elif names[0] in suspects:
            culprits.append(names[0])
        else:
            suspects.append(names[0])
        _blame(account, culprits)
        names = _left_open(account)
        if names:
            _add(account, run(replace(job, only=tuple(names), record_to=None)))
        else:
            # Nothing has come to its end, but everything is decided.
            _add(account, replace(reference, records={}))
    return account


def ask_the_reference(account: Account, job: Job, run: Run) -> None:
    """Decide whose fault it is that a hidden test raised something other than an assertion.

    A test that breaks on the reference, too, is broken. One that passes there was broken by an
    answer: a text where it took a number, a list too short to be indexed.
    """
    broken = [test for test in account.records.values() if test.outcome is Outcome.TEST_BROKEN]
    if not broken or not account.is_finished:
        return
    reference = run(_on_the_reference(job, tuple(test.name for test in broken)))
    for test in broken:
        if _is_passed(reference, test.name):
            message = messages.unusable(test.message.removeprefix(messages.TEST_RAISED))
            account.records[test.name] = replace(test, outcome=Outcome.FAILED, message=message)


def _on_the_reference(job: Job, only: tuple[str, ...]) -> Job:
    """Return the same job for the reference; of a forger, too, its own answers decide."""
    reference = read_submission(job.exercise.reference, job.exercise)
    honest = replace(job.sandbox, forger="")
    return replace(job, submission=reference, sandbox=honest, only=only, record_to=None)


def _left_open(account: Account) -> list[str]:
    """Return the tests that a broken judge has not judged, in the order in which they would run.

    The first of them is the one in which it broke.
    """
    may_be_theirs = (None, Outcome.JUDGE_LIMIT, Outcome.JUDGE_BROKE)
    if (account.breakdown and account.breakdown.outcome) not in may_be_theirs:
        return []
    tests = account.records.values()
    return [test.name for test in tests if test.outcome is Outcome.JUDGE_BROKE]


def _is_passed(account: Account, name: str) -> bool:
    test = account.records.get(name)
    return test is not None and test.outcome is Outcome.PASSED


def _blame(account: Account, culprits: list[str]) -> None:
    message = messages.too_much_to_judge()
    for name in culprits:
        test = account.records[name]
        account.records[name] = replace(test, outcome=Outcome.BAD_REPLY, message=message)


def _add(account: Account, later: Account) -> None:
    """Add what a later judge has found, whose word on how it all ended stands."""
    account.records |= later.records
    account.facts = later.facts or account.facts
    account.breakdown = later.breakdown
    account.is_finished = later.is_finished
