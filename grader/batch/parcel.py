"""An exercise as data, so that a machine can grade that has none of the bank's files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from grader.bank import Exercise
from grader.cache import PARCELS, cache_folder
from grader.files import replace_file
from grader.submission import hash_files, hash_path


@dataclass(frozen=True)
class Parcel:
    """An exercise, and the files that grading it takes, by their names under the bank's root."""

    exercise: Exercise
    root: Path
    files: Mapping[str, bytes]


def pack(exercise: Exercise, root: Path) -> Parcel:
    """Return an exercise of the bank at `root` with its stub, hidden tests and reference."""
    files: dict[str, bytes] = {}
    for path in (exercise.stub, exercise.hidden_test, exercise.reference):
        found = path.rglob("*") if path.is_dir() else [path]
        for file in sorted(found):
            if file.is_file() and file.suffix != ".pyc":
                files[file.relative_to(root).as_posix()] = file.read_bytes()
    return Parcel(exercise, root, files)


def unpack(parcel: Parcel) -> Exercise:
    """Return the exercise with its files on this machine, in the cache's folder.

    Each content has a folder of its own, so what is there already is what is wanted; files that
    something else has changed are written anew.
    """
    folder = cache_folder() / PARCELS / hash_files(parcel.files)
    for name, content in parcel.files.items():
        file = folder.joinpath(*PurePosixPath(name).parts)
        if not (file.is_file() and file.read_bytes() == content):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, content)
    return _moved(parcel.exercise, parcel.root, folder)


def _moved(exercise: Exercise, old: Path, new: Path) -> Exercise:
    def there(path: Path) -> Path:
        return new / path.relative_to(old)

    return replace(
        exercise,
        stub=there(exercise.stub),
        hidden_test=there(exercise.hidden_test),
        reference=there(exercise.reference),
        wrong_dir=there(exercise.wrong_dir),
    )


def hash_exercise(exercise: Exercise) -> str:
    """Return one hash (64 hex digits) over all files of an exercise that a grading depends on."""
    parts = {
        "stub": hash_path(exercise.stub),
        "tests": hash_path(exercise.hidden_test),
        "reference": hash_path(exercise.reference),
    }
    return hash_files({name: text.encode("ascii") for name, text in parts.items()})
