"""An exercise as data: it is the same exercise where it is unpacked."""

import pickle
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.batch.parcel import hash_exercise, pack, unpack
from grader.submission import hash_path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_what_is_unpacked_is_what_was_packed(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path / "bank")
    parcel = pickle.loads(pickle.dumps(pack(exercise, tmp_path / "bank")))
    there = unpack(parcel)
    assert there.hidden_test != exercise.hidden_test
    assert hash_exercise(there) == hash_exercise(exercise)
    assert (there.id, there.files, there.limits) == (exercise.id, exercise.files, exercise.limits)


def test_a_folder_exercise_keeps_its_folders(tmp_path: Path) -> None:
    files = {"app.py": "x = 1\n", "data/items.py": "y = 2\n"}
    exercise = write_exercise(tmp_path / "bank", stub=files, reference=files)
    there = unpack(pack(exercise, tmp_path / "bank"))
    assert (there.reference / "data/items.py").read_text() == "y = 2\n"
    assert hash_path(there.stub) == hash_path(exercise.stub)


def test_wrong_solutions_stay_at_home(tmp_path: Path) -> None:
    exercise = write_exercise(tmp_path / "bank")
    assert not unpack(pack(exercise, tmp_path / "bank")).wrong_dir.exists()


def test_a_file_that_was_changed_meanwhile_is_put_right(tmp_path: Path) -> None:
    parcel = pack(write_exercise(tmp_path / "bank"), tmp_path / "bank")
    there = unpack(parcel)
    there.hidden_test.write_text("def test_nothing(): pass\n")
    assert unpack(parcel).hidden_test.read_bytes() == parcel.files["hidden/test_small.py"]


@pytest.mark.parametrize(
    "file", ["exercises/small.py", "hidden/test_small.py", "solutions/small.py"]
)
def test_the_hash_depends_on_each_file(tmp_path: Path, file: str) -> None:
    exercise = write_exercise(tmp_path / "bank")
    before = hash_exercise(exercise)
    with (tmp_path / "bank" / file).open("a") as stream:
        stream.write("\n")
    assert hash_exercise(exercise) != before
