"""Judges that are processes of their own from the start, one for each job."""

import contextlib
import shutil
import tempfile
from collections.abc import Mapping
from typing import IO

from grader.judge.job import Job, job_to_json
from grader.judge.judging import LEAVE_SECONDS, Judging, read_some
from grader.process import (
    Process,
    Setting,
    end_program,
    judge_command,
    start_program,
    wait_for_end,
)


class FreshJudges:
    """Starts a process for each job: the quickest way to judge one.

    The first one may be started before there is a job; it ends with the block that it was not
    needed in.
    """

    def __init__(self) -> None:
        self._prepared: tuple[Process, Mapping[str, str], IO[bytes]] | None = None

    def __enter__(self) -> "FreshJudges":
        return self

    def __exit__(self, *reason: object) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            process, _, errors = prepared
            errors.close()
            end_program(process, 0.0)  # without a job it has nothing to clean up

    def prepare(self, environment: Mapping[str, str], sandbox: str = "") -> None:
        """Start a judge now, so that it is loaded when there is a job, probably in a `sandbox`."""
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the judge
        process = start_program(judge_command(sandbox), Setting(env=environment, errors=errors))
        self._prepared = process, environment, errors

    def start(self, job: Job, environment: Mapping[str, str], errors: IO[bytes]) -> Judging:
        """Start a judge on a job."""
        prepared, own_errors = self._take(environment)
        setting = Setting(env=environment, errors=errors)
        process = prepared or start_program(judge_command(), setting)
        assert process.stdin is not None  # noqa: S101 - started with pipes
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(job_to_json(job))
        return _FreshJudging(process, own_errors, errors)

    def _take(self, environment: Mapping[str, str]) -> tuple[Process | None, IO[bytes] | None]:
        """Return the process that was started for this environment, and its standard error."""
        if self._prepared is None or self._prepared[1] != environment:
            return None, None
        (process, _, errors), self._prepared = self._prepared, None
        return process, errors


class _FreshJudging:
    def __init__(self, process: Process, own_errors: IO[bytes] | None, errors: IO[bytes]) -> None:
        """Listen to a process; what it says in `own_errors`, if any, is copied to `errors`."""
        assert process.stdout is not None  # noqa: S101 - started with pipes
        self._process = process
        self._own_errors = own_errors
        self._errors = errors
        self._output = process.stdout.fileno()
        self._has_ended = False

    def read(self, seconds: float) -> bytes:
        data = read_some(self._output, seconds)
        self._has_ended = not data
        return data

    def close(self) -> None:
        if self._has_ended:  # all but: the last thing to do is to leave
            wait_for_end(self._process, LEAVE_SECONDS)
        end_program(self._process, LEAVE_SECONDS)
        if self._own_errors is not None:
            with self._own_errors as own_errors:
                own_errors.seek(0)
                shutil.copyfileobj(own_errors, self._errors)
