"""The judge's process for one job: opens a room for it while pytest and Hypothesis are loaded.

Either takes a third of a second or more, so both are under way before the job is there, or as soon
as it is. The work itself is in `grader.judge.judge`.
"""

import contextlib
import sys
from concurrent.futures import Future, ThreadPoolExecutor

from grader.errors import GraderError
from grader.judge.job import Job, job_from_json, order_of
from grader.judge.start import begin
from grader.sandbox.base import Connection
from grader.sandbox.choice import load, take_sandbox


def main() -> None:
    """Judge the job on standard input; without one, which nobody had, just leave."""
    output = begin()
    # One thread that lives as long as the judge: bubblewrap dies with its parent, and to the kernel
    # the parent is the thread that has started it.
    opener = ThreadPoolExecutor(1, thread_name_prefix="sandbox")
    job = opener.submit(_read_job)
    room = opener.submit(_open_room, job)
    try:
        if sys.argv[1:]:
            load(sys.argv[1])
        from grader.judge.judge import Opened, judge_job, read_named, run_pytest
    except BaseException:
        _discard(room)
        raise
    try:
        found = job.result()
    except EOFError:
        return
    judge_job(found, output, run_pytest, read_named, Opened(opener, room))


def _read_job() -> Job:
    content = sys.stdin.buffer.read()
    if not content:
        raise EOFError
    return job_from_json(content)


def _open_room(job: Future[Job]) -> Connection | None:
    """Open a room for the job, None where it needs none; raises GraderError."""
    if job.result().submission.complaint:
        return None
    return take_sandbox(job.result().sandbox).open(order_of(job.result()))


def _discard(room: Future[Connection | None]) -> None:
    with contextlib.suppress(GraderError, OSError, EOFError):
        connection = room.result()
        if connection is not None:
            connection.close()


if __name__ == "__main__":
    main()
