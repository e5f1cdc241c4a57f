"""Recognition: which layout a class's files are in, and when that cannot be told."""

from pathlib import Path

import pytest

from grader.bank import Exercise
from grader.errors import UsageError
from grader.intake.entries import Entry
from grader.intake.layouts import LAYOUTS, Known
from grader.intake.recognise import layout_named, recognise
from intake.classes import EXERCISES, read, write_folder, write_zip


def layout_of(*names: str, only: Exercise | None = None, folder: str = "") -> str:
    """Return the name of the layout that is recognised, after the folder that is looked into."""
    entries = tuple(Entry(name) for name in sorted(names))
    view = recognise(entries, Known(EXERCISES, only, folder), None, "class")
    return view.prefix + view.layout.name


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (["anna/decorators.py"], "students"),
        (["anna/decorators.py", "bob/exercises/iterators.py", "README.md"], "students"),
        (["anna/blog/app.py", "bob/blog/app.py"], "students"),
        (["anna_decorators.py", "bob-iterators.py", "conftest.py"], "files"),
        (["decorators/anna.py", "blog/bob/app.py"], "exercises"),
        (["leeanna_1_2_decorators.py", "oneilbob_3_4_hw.py"], "canvas"),
        (["leeanna_1_2_decorators.py", "leeanna_1_3_decorators-1.py"], "canvas"),
        (["leeanna_1_text.html"], "canvas"),
        (["Anna Lee_1_assignsubmission_file/decorators.py"], "moodle"),
        (["Anna Lee_1_assignsubmission_file_decorators.py"], "moodle"),
        (["cs-decorators-anna/decorators.py", "cs-decorators-bob/README.md"], "classroom50"),
        (["cs-blog-anna/app.py", "scores.csv"], "classroom50"),
        (["class/anna/decorators.py"], "class/students"),
        (["class/anna_decorators.py"], "class/files"),
        (["class/blog/anna/app.py"], "class/exercises"),
        (["exercises/decorators/anna.py"], "exercises/exercises"),
        (["submissions/leeanna_1_2_decorators.py"], "submissions/canvas"),
        (["decorators/leeanna_1_2_decorators.py"], "decorators/canvas"),
        (["decorators/Bob_1_assignsubmission_file/decorators.py"], "decorators/moodle"),
        (["w1-submissions/w1-anna/decorators.py"], "w1-submissions/classroom50"),
        (["../x.py", "/abs/decorators.py", "class/anna_decorators.py"], "class/files"),
    ],
)
def test_the_layout_that_explains_most_is_recognised(names: list[str], layout: str) -> None:
    assert layout_of(*names) == layout


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (["anna/my work.py", "bob/main.py"], "students"),
        (["anna.py", "bob.py"], "files"),
        (["class/anna.py", "class/bob.py"], "class/files"),
        (["decorators/anna.py", "decorators/bob.py"], "exercises"),
        (["leeanna_1_2_hw.py"], "canvas"),
        (["cs-decorators-anna/hw.py"], "classroom50"),
    ],
)
def test_so_it_is_where_the_exercise_was_named(names: list[str], layout: str) -> None:
    assert layout_of(*names, only=EXERCISES[0]) == layout


def test_the_folder_of_a_download_makes_its_folders_repositories() -> None:
    assert layout_of("w1-anna/decorators.py") == "students"
    assert layout_of("w1-anna/decorators.py", folder="w1_submissions_2026") == "classroom50"


def test_one_student_with_many_files_does_not_decide_for_the_class() -> None:
    hostile = [f"decorators/{number}/decorators.py" for number in range(50)]
    honest = [f"student{number}_decorators.py" for number in range(60)]
    assert layout_of(*hostile, *honest) == "files"
    junk = [f"leeanna_1_{number}_x_decorators.py" for number in range(50)]
    assert layout_of(*junk, "anna/decorators.py", "bob/decorators.py") == "students"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["anna/decorators.py", "decorators/bob.py"], "students or exercises"),
        (["anna_decorators.py", "x_1_2_f.py", "bob/iterators.py"], "students, files or canvas"),
    ],
)
def test_a_tie_is_an_error_that_names_the_layouts(names: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        layout_of(*names)
    assert str(caught.value) == (
        f"the files in class may be laid out as {said}; say which with --layout"
    )


def test_where_nothing_fits_every_layout_is_described() -> None:
    with pytest.raises(UsageError) as caught:
        layout_of("notes.txt", "x/y/z.py")
    assert "--layout" in str(caught.value)
    assert all(f"{layout.name}: {layout.looks}" in str(caught.value) for layout in LAYOUTS)


def test_a_folder_without_files_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no files"):
        read(write_folder(tmp_path / "class", []))
    with pytest.raises(UsageError, match="has no files"):
        read(write_zip(tmp_path / "class.zip", []))


def test_a_layout_that_is_named_is_taken_whether_it_fits_or_not(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["anna/decorators.py", "decorators/bob.py"])
    assert read(root, layout="students").layout == "students"
    assert read(root, layout="exercises").layout == "exercises"
    intake = read(root, layout="canvas")
    assert (intake.layout, intake.hand_ins, len(intake.unmatched)) == ("canvas", (), 2)


def test_every_layout_is_found_by_its_name_and_no_other() -> None:
    assert all(layout_named(layout.name) is layout for layout in LAYOUTS)
    with pytest.raises(UsageError, match=r"no layout \\x1b; the layouts are students, files, "):
        layout_named("\x1b")
