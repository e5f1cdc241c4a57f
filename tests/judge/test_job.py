"""The job: what the judge's process is told survives the way through JSON."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from grader.bank import Exercise
from grader.judge.job import Job, job_from_json, job_to_json
from grader.limits import MIB, JudgeBounds, Limits
from grader.sandbox.choice import SandboxChoice
from grader.submission import Submission

# A file may have any name that the system allows, also one that is no text.
any_text = st.text(st.characters(codec=None, categories=None, exclude_characters="/\0"), min_size=1)


@given(
    path=any_text,
    files=st.dictionaries(any_text, st.binary(max_size=50), min_size=1, max_size=3),
    complaint=any_text,
    seed=st.integers(0, 2**64),
    only=st.lists(any_text, max_size=2).map(tuple),
)
def test_a_job_is_read_as_it_was_written(
    path: str, files: dict[str, bytes], complaint: str, seed: int, only: tuple[str, ...]
) -> None:
    exercise = Exercise(
        id="small",
        title="A small exercise",
        section="L1",
        files=("app.py", "views/posts.py"),
        stub=Path("exercises/small"),
        hidden_test=Path("hidden", f"test_{path}.py"),
        reference=Path("solutions/small"),
        wrong_dir=Path("solutions/wrong/small"),
        image="web",
        limits=Limits(cpus=0.5),
        preload=("flask", "sqlalchemy.orm"),
    )
    job = Job(
        exercise=exercise,
        submission=Submission(path, files, next(iter(files)), complaint),
        sandbox=SandboxChoice("docker", "grader-web:latest", "runsc", "True"),
        limits=Limits(memory_bytes=512 * MIB),
        seed=seed,
        run_id="0123456789abcdef",
        hidden_paths=("/bank",),
        only=only,
        bounds=JudgeBounds(seconds=1.5, memory_bytes=512 * MIB),
    )
    back = job_from_json(job_to_json(job))
    assert back == job
    assert back.submission.complaint == complaint  # which equality leaves out
    assert isinstance(back.exercise.hidden_test, Path)


def test_a_job_is_json_in_ascii() -> None:
    submission = Submission("\udcff.py", {"small.py": b"\xff\0"}, "small.py")
    nowhere = Path("x")
    exercise = Exercise("small", "é", "L1", ("small.py",), nowhere, nowhere, nowhere, nowhere)
    job = Job(exercise, submission, SandboxChoice("none"), Limits(), 0, "run")
    text = job_to_json(job)
    assert text.isascii()
    assert json.loads(text)["exercise"]["title"] == "é"
