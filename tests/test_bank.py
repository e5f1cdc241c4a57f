"""The bank: its exercises by name, the nearest bank, and which exercise a path belongs to."""

import os
from pathlib import Path

import pytest

from grader.bank import Bank, Exercise, Section, exercise_for, find_bank, locate_bank
from grader.errors import UsageError


def exercise_of(root: Path, exercise_id: str, section: str, files: tuple[str, ...]) -> Exercise:
    """Return an exercise with the paths that a bank at `root` gives it."""
    name = exercise_id if len(files) > 1 else f"{exercise_id}.py"
    return Exercise(
        id=exercise_id,
        title=f"The exercise {exercise_id}",
        section=section,
        files=files,
        stub=root / "exercises" / name,
        hidden_test=root / "hidden" / f"test_{exercise_id}.py",
        reference=root / "solutions" / name,
        wrong_dir=root / "solutions/wrong" / exercise_id,
    )


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    decorators = exercise_of(tmp_path, "decorators", "L2", ("decorators.py",))
    iterators = exercise_of(tmp_path, "iterators", "L2", ("iterators.py",))
    blog = exercise_of(tmp_path, "blog", "L3", ("app.py", "views/posts.py"))
    blog.stub.mkdir(parents=True)
    return Bank(
        tmp_path,
        (
            Section("L2", "Intermediate", (decorators, iterators)),
            Section("L3", "Advanced", (blog,)),
        ),
    )


def make_bank(root: Path) -> Path:
    """Make the folder `root` a bank, as far as finding it goes, and return it."""
    (root / "exercises").mkdir(parents=True)
    (root / "exercises/catalog.toml").touch()
    return root


# What a bank holds


def test_the_exercises_of_a_bank_are_those_of_its_sections_in_order(bank: Bank) -> None:
    assert [exercise.id for exercise in bank.exercises] == ["decorators", "iterators", "blog"]


def test_an_exercise_is_found_by_its_id(bank: Bank) -> None:
    assert bank.find("iterators") is bank.exercises[1]


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        (("decorators.py",), False),
        (("package/core.py",), True),
        (("app.py", "models.py"), True),
    ],
)
def test_more_than_one_file_or_a_slash_makes_a_folder(
    tmp_path: Path, files: tuple[str, ...], folder: bool
) -> None:
    assert exercise_of(tmp_path, "decorators", "L2", files).is_folder is folder


# Finding a bank


def test_the_nearest_bank_upwards_is_found(tmp_path: Path) -> None:
    outer = make_bank(tmp_path)
    inner = make_bank(tmp_path / "course/bank")
    assert find_bank(inner / "exercises") == inner
    assert find_bank(inner) == inner
    assert find_bank(inner.parent) == outer


def test_a_folder_of_exercises_without_a_catalogue_is_passed_by(tmp_path: Path) -> None:
    outer = make_bank(tmp_path)
    (tmp_path / "work/exercises").mkdir(parents=True)
    assert find_bank(tmp_path / "work") == outer


def test_where_no_bank_is_found_the_message_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--bank DIR or GRADE_BANK") as caught:
        find_bank(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_named_bank_goes_before_the_nearest(tmp_path: Path) -> None:
    near = make_bank(tmp_path / "near")
    named = make_bank(tmp_path / "named")
    assert locate_bank(named, near) == named
    assert locate_bank(None, near) == near


def test_a_named_folder_without_a_catalogue_is_wrong_usage(tmp_path: Path) -> None:
    near = make_bank(tmp_path / "near")
    with pytest.raises(UsageError, match=r"is no bank: it has no exercises/catalog\.toml"):
        locate_bank(tmp_path / "elsewhere", near)


# Finding an exercise


def test_an_unknown_exercise_is_answered_with_close_matches(bank: Bank) -> None:
    with pytest.raises(UsageError, match=r"did you mean decorators\?; `grade list` shows all"):
        bank.find("decorater")


def test_an_exercise_unlike_all_others_is_answered_without_a_guess(bank: Bank) -> None:
    with pytest.raises(UsageError, match='no exercise "zzz"; `grade list` shows all'):
        bank.find("zzz")


@pytest.mark.parametrize(
    ("path", "exercise_id"),
    [
        ("exercises/decorators.py", "decorators"),
        ("solutions/iterators.py", "iterators"),
        ("elsewhere/decorators.py", "decorators"),
        ("exercises/blog", "blog"),
        ("solutions/wrong/decorators/late_binding.py", "decorators"),
        ("solutions/wrong/decorators/iterators.py", "decorators"),
        ("solutions/wrong/blog/no_views", "blog"),
        ("solutions/also_right/iterators/generator.py", "iterators"),
    ],
)
def test_a_path_names_its_exercise(bank: Bank, path: str, exercise_id: str) -> None:
    assert exercise_for(bank, bank.root / path).id == exercise_id


def test_the_current_folder_names_its_exercise(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bank.root / "exercises/blog")
    assert exercise_for(bank, Path(".")).id == "blog"


def test_a_wrong_solution_is_known_by_a_relative_path_and_through_a_link(
    bank: Bank, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path_factory.mktemp("links") / "bank"
    os.symlink(bank.root, link)
    (bank.root / "solutions/wrong/iterators").mkdir(parents=True)
    monkeypatch.chdir(link / "solutions")
    assert exercise_for(bank, Path("wrong/iterators/one_shot.py")).id == "iterators"


def test_the_current_folder_may_be_a_wrong_solution(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bank.root / "solutions/wrong/blog/no_views"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert exercise_for(bank, Path(".")).id == "blog"


def test_a_link_goes_by_its_own_name(bank: Bank) -> None:
    link = bank.root / "iterators.py"
    link.symlink_to(bank.root / "solutions/decorators.py")
    assert exercise_for(bank, link).id == "iterators"


def test_a_wrong_solution_of_another_bank_goes_by_its_name(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="late_binding"):
        exercise_for(bank, tmp_path / "other/solutions/wrong/decorators/late_binding.py")


def test_a_path_that_names_no_exercise_is_answered_with_close_matches(bank: Bank) -> None:
    expected = (
        r'no exercise "decorators \(1\)"; did you mean decorators.*\?; name it with --exercise'
    )
    with pytest.raises(UsageError, match=expected):
        exercise_for(bank, Path("decorators (1).py"))


def test_a_path_that_could_move_the_cursor_is_shown_inert(bank: Bank) -> None:
    with pytest.raises(UsageError) as caught:
        exercise_for(bank, Path("\x1b[2J\udc80.py"))
    assert str(caught.value).isprintable()
