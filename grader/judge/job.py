"""What the judge's process is told, and what it says: plain data in JSON, one line a message."""

import base64
import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.bank import Exercise
from grader.limits import JudgeBounds, Limits
from grader.sandbox.base import Order
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission


@dataclass(frozen=True)
class Job:
    """One submission to judge. `only` names the tests to run, all of them when it is empty.

    `recording` and `record_to` are files (`grader.judge.recording`): one to take examples from, and
    one to write down what was drawn, which is for the reference alone. `given` is a recording in
    the place of the other, of this job's own. `patience` is the share of its time that a test gets
    at first, until an example has failed.
    """

    exercise: Exercise
    submission: Submission
    sandbox: SandboxChoice
    limits: Limits
    seed: int
    run_id: str
    hidden_paths: tuple[str, ...] = ()
    shrink: bool = True
    only: tuple[str, ...] = ()
    recording: Path | None = None
    record_to: Path | None = None
    given: Path | None = None
    patience: float = 1.0
    bounds: JudgeBounds = field(default_factory=JudgeBounds)


def job_to_json(job: Job) -> bytes:
    """Return a job as JSON."""
    data = dataclasses.asdict(job)
    data["submission"]["files"] = {
        name: base64.b64encode(content).decode("ascii")
        for name, content in job.submission.files.items()
    }
    return json.dumps(data, default=str).encode()


def order_of(job: Job) -> Order:
    """Return what a room for a job must be like."""
    preload = job.exercise.preload
    return Order(job.limits, job.run_id, job.seed, job.hidden_paths, preload)


def job_from_json(text: bytes) -> Job:
    """Return the job that `job_to_json` wrote."""
    data = json.loads(text)
    files = data["submission"].pop("files")
    content = {name: base64.b64decode(encoded) for name, encoded in files.items()}
    return Job(
        exercise=_exercise(data["exercise"]),
        submission=Submission(files=content, **data["submission"]),
        sandbox=SandboxChoice(**data["sandbox"]),
        limits=Limits(**data["limits"]),
        seed=data["seed"],
        run_id=data["run_id"],
        hidden_paths=tuple(data["hidden_paths"]),
        shrink=data["shrink"],
        only=tuple(data["only"]),
        recording=_path(data["recording"]),
        record_to=_path(data["record_to"]),
        given=_path(data["given"]),
        patience=data["patience"],
        bounds=JudgeBounds(**data["bounds"]),
    )


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _exercise(data: Mapping[str, Any]) -> Exercise:
    values = dict(data, limits=Limits(**data["limits"]))
    for name in ("stub", "hidden_test", "reference", "wrong_dir"):
        values[name] = Path(values[name])
    for name in ("files", "preload"):
        values[name] = tuple(values[name])
    return Exercise(**values)
