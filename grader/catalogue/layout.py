"""Where the files of an exercise stand in a bank, and what a submission's file is called."""

from pathlib import Path
from typing import NamedTuple

from grader.bank import is_folder


class Paths(NamedTuple):
    """The paths of an exercise, named as in `grader.bank.Exercise`."""

    stub: Path
    hidden_test: Path
    reference: Path
    wrong_dir: Path


def default_files(exercise_id: str) -> tuple[str, ...]:
    """Return the files of a submission where the catalogue names none."""
    return (f"{exercise_id}.py",)


def paths_of(root: Path, exercise_id: str, files: tuple[str, ...]) -> Paths:
    """Return the paths of an exercise whose submission has these files, in the bank at `root`."""
    name = exercise_id if is_folder(files) else f"{exercise_id}.py"
    return Paths(
        stub=root / "exercises" / name,
        hidden_test=root / "hidden" / f"test_{exercise_id}.py",
        reference=root / "solutions" / name,
        wrong_dir=root / "solutions" / "wrong" / exercise_id,
    )
