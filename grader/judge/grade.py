"""The core verb: grade one submission against one exercise in one sandbox, and return the result.

The hidden tests run in a process of their own (`grader.judge`), which this module starts,
listens to and, past its time, ends. Whatever becomes of that process, a result comes out.
"""

import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO

import grader
from grader import messages
from grader.bank import Exercise
from grader.cache import RECORDINGS, cache_folder, key_of
from grader.judge.blame import ask_the_reference, judge_in_turns
from grader.judge.fresh import FreshJudges
from grader.judge.job import Job
from grader.judge.judging import Judges, Judging
from grader.judge.recording import keep_examples, write_examples
from grader.judge.report import Account
from grader.limits import JudgeBounds, Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Evidence, Result
from grader.sandbox.bundle import worker_sha256
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission, hash_path, read_submission

# What starting the process, pytest and the sandbox may take besides, on a slow machine.
START_SECONDS = 60.0
_OUR_VARIABLES = ("PYTEST_", "HYPOTHESIS_", "PYTHON")


@dataclass(frozen=True)
class Plan:
    """How to grade: the sandbox, the limits, the seed, and what the sandbox must not see.

    Without `shrink`, the first failing example is taken as it is: quicker, where only the outcomes
    matter and nobody reads the counterexamples. `only` names the tests to run; empty means all.
    `recording` and `record_to` are as in `Job`: they change how long it takes, and nothing else.
    `given` and `patience` are as in `Job`, too.
    `bounds` are the judge's own.
    """

    sandbox: SandboxChoice
    limits: Limits
    seed: int
    hidden_paths: tuple[str, ...] = ()
    shrink: bool = True
    recording: Path | None = None
    record_to: Path | None = None
    only: tuple[str, ...] = ()
    given: Path | None = None
    patience: float = 1.0
    bounds: JudgeBounds = field(default_factory=JudgeBounds)


Tried = Mapping[str, Sequence[str]]
"""Examples to try, as the wire writes them, by the name of the test."""


def recording_path(exercise: Exercise, seed: int, tried: Tried | None = None) -> Path:
    """Return where the examples of an exercise are recorded; may be missing.

    They are those that are drawn, or those that are to be `tried`.
    """
    key = key_of(
        what="recording",
        exercise=[exercise.id, exercise.files, exercise.preload],
        tests=hash_path(exercise.hidden_test),
        reference=hash_path(exercise.reference),
        seed=seed,
        tried=sorted((tried or {}).items()),
    )
    return cache_folder() / RECORDINGS / f"{key}.json"


def prepared(exercise: Exercise, plan: Plan, judges: Judges | None = None) -> Plan:
    """Return the plan with what is recorded of the exercise's reference, recorded now if need be.

    Where the reference cannot be judged the plan is the same; then nothing else can be, either.
    """
    file = recording_path(exercise, plan.seed)
    if not file.is_file():
        reference = read_submission(exercise.reference, exercise)
        grade(reference, exercise, replace(plan, record_to=file), judges)
    return replace(plan, recording=file) if file.is_file() else plan


def prepared_to_try(
    exercise: Exercise, plan: Plan, tried: Tried, judges: Judges | None = None
) -> Plan:
    """Return the plan for trying given examples, with what the reference was asked on them.

    No smaller example is looked for; where the plan names no tests, those are run that there are
    examples for.
    """
    file = recording_path(exercise, plan.seed, tried)
    plan = replace(plan, shrink=False, only=plan.only or tuple(tried))
    if not file.is_file():
        reference = read_submission(exercise.reference, exercise)
        with tempfile.TemporaryDirectory(prefix="grader-tried-") as folder:
            given, record_to = Path(folder, "given.json"), Path(folder, "recorded.json")
            write_examples(given, tried)
            recording = replace(plan, only=tuple(tried), given=given, record_to=record_to)
            grade(reference, exercise, recording, judges)
            keep_examples(record_to, tried, file)
    return replace(plan, given=file)


def grade(
    submission: Submission, exercise: Exercise, plan: Plan, judges: Judges | None = None
) -> Result:
    """Grade a submission; what cannot be judged is said in the result, not raised.

    Who grades many at a time hands over `PreloadedJudges`; the default is a fresh process.
    """
    judges = judges or FreshJudges()
    job = _job(submission, exercise, plan)
    run = partial(run_judge, judges=judges)
    account = judge_in_turns(job, run)
    ask_the_reference(account, job, run)
    _blame_the_sandbox(account)
    return Result(
        exercise=exercise.id,
        title=exercise.title,
        submission=submission.path,
        tests=tuple(account.records.values()),
        evidence=_evidence(job, account),
        breakdown=account.breakdown,
    )


def _job(submission: Submission, exercise: Exercise, plan: Plan) -> Job:
    return Job(
        exercise=exercise,
        submission=submission,
        sandbox=plan.sandbox,
        limits=plan.limits,
        seed=plan.seed,
        run_id=os.urandom(8).hex(),
        hidden_paths=plan.hidden_paths,
        shrink=plan.shrink,
        only=plan.only,
        recording=plan.recording,
        record_to=plan.record_to,
        given=plan.given,
        patience=plan.patience,
        bounds=plan.bounds,
    )


def _blame_the_sandbox(account: Account) -> None:
    """Say once, of the whole, that the sandbox failed, and not of each test."""
    for test in account.records.values():
        if test.outcome is Outcome.SANDBOX_FAILED:
            account.breakdown = account.breakdown or Breakdown(test.outcome, test.message)
            account.records[test.name] = replace(test, message=messages.not_judged())


def run_judge(job: Job, judges: Judges) -> Account:
    """Run a judge's process on a job, and return all that it reported."""
    account = Account()
    seconds = job.limits.submission_seconds + job.bounds.seconds + START_SECONDS
    with tempfile.TemporaryFile() as errors:
        environment = judge_environment(job.seed)
        try:
            with closing(judges.start(job, environment, errors)) as judging:
                is_complete = _listen(judging, account, time.monotonic() + seconds)
        finally:
            if not account.is_finished:
                _sweep(job)
        if not account.is_finished and account.breakdown is None:
            account.breakdown = _silence(errors) if is_complete else _out_of_time(job)
    return account


def _listen(judging: Judging, account: Account, deadline: float) -> bool:
    """Take in the judge's report until it ends; return False when the deadline came first."""
    rest = b""
    try:
        while data := judging.read(max(0.0, deadline - time.monotonic())):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                account.add(line)
    except TimeoutError:
        return False
    return True


def _silence(errors: IO[bytes]) -> Breakdown:
    """Return what it means that the judge's process ended without a last word."""
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "no message")
    sentence = f"the judge ended before it had judged everything ({last}); please report this"
    return Breakdown(Outcome.JUDGE_BROKE, messages.inert(sentence))


def _out_of_time(job: Job) -> Breakdown:
    """Return what it means that the judge was not done in its time."""
    sentence = (
        f"the hidden tests themselves took more than {job.bounds.seconds:g} s; make them draw "
        "fewer or smaller examples"
    )
    return Breakdown(Outcome.JUDGE_LIMIT, sentence)


def _sweep(job: Job) -> None:
    """Remove the containers or folders of a judge that could not do it any more.

    Its workers end by themselves, since there is nobody left who speaks to them.
    """
    if job.sandbox.name == "docker":
        from grader.sandbox.base import SandboxError
        from grader.sandbox.docker import connect, sweep

        with suppress(SandboxError):
            sweep(connect(), run_id=job.run_id)
    else:
        from grader.sandbox.none import remove_folder

        for folder in Path(tempfile.gettempdir()).glob(f"grader-{job.run_id}-*"):
            remove_folder(str(folder))


def judge_environment(seed: int) -> dict[str, str]:
    """Return the judge's environment: the user's, without what would steer pytest or Python.

    The hash seed makes the order of sets, and with it what a counterexample looks like, the same
    in every run.
    """
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(_OUR_VARIABLES)
    }
    return {
        **inherited,
        "PYTHONHASHSEED": str(seed % 2**32),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(cache_folder() / "hypothesis"),
    }


def _evidence(job: Job, account: Account) -> Evidence:
    facts = account.facts
    # Without those of programs that had no part in it: no room is opened for what is no Python.
    versions = {
        name: facts[name]
        for name in ("python", "pytest", "hypothesis", "sandbox_python")
        if facts.get(name)
    }
    return Evidence(
        submission_sha256=job.submission.sha256,
        stub_sha256=hash_path(job.exercise.stub),
        tests_sha256=hash_path(job.exercise.hidden_test),
        worker_sha256=worker_sha256(),
        sandbox=facts.get("sandbox", job.sandbox.name),
        image=facts.get("image", ""),
        image_digest=facts.get("image_digest", ""),
        seed=job.seed,
        limits=job.limits,
        versions={"grader": grader.__version__, **versions},
    )
