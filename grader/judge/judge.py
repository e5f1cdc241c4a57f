"""The judge: runs the hidden tests of one job, and reports what became of each.

Nothing of the submission is ever imported here. It is a process of its own so that whatever a
hidden test does to it (endless loops, memory) ends with it, and costs no other submission.
"""

import os
import platform
import resource
import sys
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

import hypothesis
import pytest

from grader import messages
from grader.errors import GraderError
from grader.judge.examples import MemoryIsOut
from grader.judge.hidden_tests import (
    Collection,
    Examples,
    HiddenTests,
    name_of,
    points_of,
    title_of,
)
from grader.judge.job import Job, job_from_json, order_of
from grader.judge.recorder import Recorder
from grader.judge.recording import Recording, read_recording
from grader.judge.report import Reporter
from grader.judge.session import Session
from grader.judge.start import begin
from grader.judge.verdict import describe_breakage
from grader.limits import MIB
from grader.outcomes import Outcome
from grader.results import Breakdown, TestRecord
from grader.sandbox.base import Connection
from grader.sandbox.choice import take_sandbox

Run = Callable[[Job, Sequence[object]], None]
"""Runs a job's hidden tests in pytest, with some plugin objects."""

Read = Callable[[Job], Recording]
"""Returns the recording that a job names."""


@dataclass(frozen=True)
class Opened:
    """A room that is being opened for a job already, and the thread that does it.

    None where the submission needs no room.
    """

    thread: ThreadPoolExecutor
    room: Future[Connection | None]


def main() -> None:
    """Judge the job on standard input."""
    judge_from_input(run_pytest, read_named)


def judge_from_input(run: Run, read: Read) -> None:
    """Judge the job on standard input, in a process that has everything loaded."""
    output = begin()
    judge_job(job_from_json(sys.stdin.buffer.read()), output, run, read)


def judge_job(
    job: Job, output: BinaryIO, run: Run, read: Read, opened: Opened | None = None
) -> None:
    """Judge one job; what could not be judged is reported, too, so the exit status says nothing."""
    reporter = Reporter(output)
    resource.setrlimit(resource.RLIMIT_AS, (job.bounds.memory_bytes,) * 2)
    try:
        judge(job, reporter, run, read, opened)
    except GraderError as error:
        reporter.breakdown(Breakdown(Outcome.SANDBOX_FAILED, str(error)))


def read_named(job: Job) -> Recording:
    """Return the recording that a job names, from its file."""
    return read_recording(job.given or job.recording)


def judge(
    job: Job,
    reporter: Reporter,
    run: Run | None = None,
    read: Read = read_named,
    opened: Opened | None = None,
) -> None:
    """Run a job's hidden tests and report each; raises GraderError when that cannot begin.

    Args:
        job: what to judge.
        reporter: takes the records.
        run: runs the tests; without it, `run_pytest` does.
        read: returns the recording.
        opened: what has been done of it before.
    """
    run = run or run_pytest
    sandbox = take_sandbox(job.sandbox)
    session = Session(sandbox, order_of(job), job.submission, job.patience)
    if opened is not None:
        session.take_over(opened.thread, opened.room)
    recorder = Recorder() if job.record_to is not None else None
    examples = Examples(read(job), recorder, shrink=job.shrink)
    hidden_tests = HiddenTests(job.exercise, job.submission, session, reporter.record, examples)
    try:
        session.open_ahead()
        run(job, [Collector(job, reporter), hidden_tests, Collection(job.exercise, job.shrink)])
    finally:
        session.close()
    if recorder is not None and job.record_to is not None:
        recorder.write(job.record_to)
    image, digest = sandbox.image() if session.python_version else ("", "")
    reporter.finished(
        {
            "sandbox": sandbox.name,
            "image": image,
            "image_digest": digest,
            "python": platform.python_version(),
            "pytest": pytest.__version__,
            "hypothesis": hypothesis.__version__,
            "sandbox_python": session.python_version,
        }
    )


def run_pytest(job: Job, plugins: Sequence[object]) -> None:
    """Run pytest on the one file, deaf to every configuration but ours.

    `--assert=plain`: pytest's comparison of two long texts takes minutes (`judge.explain` makes
    up for it); no cache, no conftest, no ini file: nothing but the file decides.
    """
    arguments = [
        *("-c", os.devnull, "--rootdir", str(job.exercise.hidden_test.parent)),
        *("-p", "no:cacheprovider", "--noconftest", "--assert=plain", "--import-mode=importlib"),
        # Standard output is /dev/null by now; capturing it would only make temporary files.
        *("--capture=no", "--tb=no", "-q", "--no-header", "--no-summary", "--strict-markers"),
        str(job.exercise.hidden_test),
    ]
    pytest.main(arguments, plugins=list(plugins))


class Collector:
    """The pytest plugin object that reports which tests there are, or why none can be judged."""

    def __init__(self, job: Job, reporter: Reporter) -> None:
        self._job = job
        self._reporter = reporter
        self._is_broken = False

    def pytest_exception_interact(self, call: pytest.CallInfo[object], report: object) -> None:
        """Report a file that cannot be imported."""
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            self._is_broken = True
            error = call.excinfo.value.__cause__ or call.excinfo.value
            self._break_down(Outcome.TEST_BROKEN, f"cannot be used: {describe_breakage(error)}")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """End everything once memory is out: what holds it would break the tests after it, too."""
        if call.excinfo is not None and call.excinfo.errisinstance((MemoryError, MemoryIsOut)):
            size = self._job.bounds.memory_bytes // MIB
            what = f"takes more than {size} MiB of memory; let it keep fewer or smaller answers"
            self._break_down(Outcome.JUDGE_LIMIT, what)
            pytest.exit("memory is out")
        return (yield)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Announce the tests; with `only`, leave the others out."""
        if self._job.only:
            items[:] = [item for item in items if name_of(item) in self._job.only]
        if not items and not self._is_broken:
            self._break_down(Outcome.NOT_COLLECTED, "has no test; name its functions test_...")
        functions = [item for item in items if isinstance(item, pytest.Function)]
        self._reporter.collected([_not_run(item) for item in functions])

    def _break_down(self, outcome: Outcome, what: str) -> None:
        file = self._job.exercise.hidden_test
        self._reporter.breakdown(Breakdown(outcome, f"{file.parent.name}/{file.name} {what}"))


def _not_run(item: pytest.Function) -> TestRecord:
    """Return the record of a test that was collected, and then never heard of again."""
    return TestRecord(
        name_of(item), title_of(item), points_of(item), Outcome.JUDGE_BROKE, messages.not_judged()
    )
