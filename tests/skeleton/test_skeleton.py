"""A new exercise: added whole or not at all, and fair and strong from the first minute."""

import doctest
from pathlib import Path

import pytest
from banks import TWO_SECTIONS, write_bank

from grader.bank import Bank
from grader.catalogue import read_bank
from grader.cli.show import task_of
from grader.errors import UsageError
from grader.judge.grade import Plan, grade
from grader.outcomes import Fault, Outcome
from grader.results import Result, Verdict
from grader.sandbox.choice import SandboxChoice
from grader.skeleton import NewExercise, write_skeleton
from grader.submission import read_submission

CLOSURES = NewExercise("closures", 'Functions that "remember"', "L2")

WRITTEN = (
    "exercises/closures.py",
    "hidden/test_closures.py",
    "solutions/closures.py",
    "solutions/wrong/closures/adds_negative_number.py",
    "exercises/catalog.toml",
)

ONE_SECTION = """
[[section]]
id = "L2"
title = "Intermediate"
"""


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return read_bank(write_bank(tmp_path, TWO_SECTIONS))


def tree(folder: Path) -> dict[str, bytes]:
    """Return what is below a folder: files with their content, folders with "/" and none."""
    paths = list(folder.rglob("*"))
    files = {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.is_file()}
    return files | {f"{path.relative_to(folder)}/": b"" for path in paths if path.is_dir()}


# What is added


def test_the_exercise_is_the_last_of_its_section(bank: Bank) -> None:
    write_skeleton(bank, CLOSURES)
    sections = read_bank(bank.root).sections
    assert [[one.id for one in section.exercises] for section in sections] == [
        ["decorators", "iterators", "closures"],
        ["blog"],
    ]
    assert sections[0].exercises[-1].title == CLOSURES.title


def test_the_files_are_returned_with_the_catalogue_last(bank: Bank) -> None:
    before = tree(bank.root)
    written = write_skeleton(bank, CLOSURES)
    assert written == tuple(bank.root / name for name in WRITTEN)
    changed = {name for name, content in tree(bank.root).items() if before.get(name) != content}
    assert changed == {*WRITTEN, "solutions/wrong/", "solutions/wrong/closures/"}


def test_one_can_be_added_after_another(bank: Bank) -> None:
    write_skeleton(bank, CLOSURES)
    write_skeleton(read_bank(bank.root), NewExercise("slots", "Slots", "L3"))
    assert [exercise.id for exercise in read_bank(bank.root).exercises] == [
        *("decorators", "iterators", "closures"),
        *("blog", "slots"),
    ]


def test_the_folders_of_a_bank_without_exercises_are_made(tmp_path: Path) -> None:
    bank = read_bank(write_bank(tmp_path, ONE_SECTION, files=()))
    write_skeleton(bank, CLOSURES)
    assert [exercise.id for exercise in read_bank(tmp_path).exercises] == ["closures"]


# What is refused


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (NewExercise("two words", "T", "L2"), 'name "two words" must be a Python name'),
        (NewExercise("../up", "T", "L2"), 'name "../up" must be a Python name'),
        (NewExercise("", "T", "L2"), 'name "" must be a Python name'),
        (NewExercise("class", "T", "L2"), 'name "class" is a keyword'),
        (NewExercise("json", "T", "L2"), 'name "json" is a module of the standard library'),
        (NewExercise("wrong", "T", "L2"), 'name "wrong" is the name of a folder of the bank'),
        (NewExercise("also_right", "T", "L2"), "solutions/also_right/; choose another name"),
        (NewExercise("blog", "T", "L2"), 'has an exercise "blog" already; choose another name'),
        (NewExercise("closures", " ", "L2"), 'title " " must be one line of visible text'),
        (NewExercise("closures", "a\nb", "L2"), r'title "a\nb" must be one line of visible text'),
        (NewExercise("closures", "T", "L9"), 'no section "L9"; take one of L2, L3, or add'),
    ],
)
def test_what_cannot_be_so_is_refused_before_anything_is_written(
    bank: Bank, new: NewExercise, sentence: str
) -> None:
    before = tree(bank.root)
    with pytest.raises(UsageError) as caught:
        write_skeleton(bank, new)
    assert sentence in str(caught.value)
    assert tree(bank.root) == before


@pytest.mark.parametrize("name", WRITTEN[:-1])
def test_a_file_in_the_way_is_named_and_left(bank: Bank, name: str) -> None:
    file = bank.root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine")
    before = tree(bank.root)
    in_the_way = name if "wrong" not in name else "solutions/wrong/closures"
    with pytest.raises(UsageError, match=f"^{in_the_way} stands in the way, .* move it away"):
        write_skeleton(bank, CLOSURES)
    assert tree(bank.root) == before


def test_all_that_is_in_the_way_is_named_at_once(bank: Bank) -> None:
    (bank.root / "exercises/closures.py").symlink_to("nowhere")
    (bank.root / "solutions/closures.py").mkdir()
    with pytest.raises(UsageError, match=r"^exercises/closures.py, solutions/closures.py stand "):
        write_skeleton(bank, CLOSURES)


def test_a_name_that_is_too_long_for_a_file_is_refused(bank: Bank) -> None:
    before = tree(bank.root)
    with pytest.raises(UsageError, match="File name too long; the exercise was not added"):
        write_skeleton(bank, NewExercise("a" * 300, "T", "L2"))
    assert tree(bank.root) == before


# All or nothing


@pytest.mark.parametrize("name", ["hidden", "solutions", "solutions/wrong"])
def test_a_folder_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    bank = read_bank(write_bank(tmp_path, ONE_SECTION, files=()))
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("a file where a folder should be")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match=f"{tmp_path / name}: File exists; .* was not added"):
        write_skeleton(bank, CLOSURES)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("failure", "error", "sentence"),
    [
        (OSError(28, "No space left"), UsageError, "^(?!.*[.]toml).*: No space left; the exercise"),
        (PermissionError(13, "Permission denied", "a\nb"), UsageError, r"^a\\nb: Permission den"),
        (KeyboardInterrupt(), KeyboardInterrupt, "^$"),
    ],
    ids=["disk full", "no permission", "interrupted"],
)
def test_a_catalogue_that_cannot_be_written_leaves_nothing_behind(
    bank: Bank,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    error: type[BaseException],
    sentence: str,
) -> None:
    def fail(file: Path, content: bytes) -> None:
        assert (bank.root / WRITTEN[-2]).is_file()  # the catalogue is the last
        raise failure

    before = tree(bank.root)
    monkeypatch.setattr("grader.skeleton.replace_file", fail)
    with pytest.raises(error, match=sentence):
        write_skeleton(bank, CLOSURES)
    assert tree(bank.root) == before


def test_a_catalogue_in_a_layout_that_cannot_be_added_to_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    catalogue = 'section = [{ id = "L2", title = "Intermediate" }]\n'
    bank = read_bank(write_bank(tmp_path, catalogue, files=()))
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="write them as"):
        write_skeleton(bank, CLOSURES)
    assert tree(tmp_path) == before


# What it is worth


@pytest.fixture(scope="module")
def bank_with_closures(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    root = write_bank(tmp_path_factory.mktemp("bank"), ONE_SECTION, files=())
    write_skeleton(read_bank(root), CLOSURES)
    return read_bank(root)


def graded(bank: Bank, file: Path) -> Result:
    exercise = bank.find("closures")
    plan = Plan(SandboxChoice("none"), exercise.limits, 0, (str(bank.root),), shrink=False)
    return grade(read_submission(file, exercise), exercise, plan)


def test_the_reference_gets_all_points(bank_with_closures: Bank) -> None:
    result = graded(bank_with_closures, bank_with_closures.find("closures").reference)
    assert result.verdict is Verdict.ALL_POINTS
    assert result.points == 10


def test_the_stub_gets_no_point(bank_with_closures: Bank) -> None:
    result = graded(bank_with_closures, bank_with_closures.find("closures").stub)
    assert [test.outcome for test in result.tests] == [Outcome.RAISED, Outcome.RAISED]
    assert result.points == 0


def test_the_wrong_solution_fails_the_test_that_it_names_and_no_other(
    bank_with_closures: Bank,
) -> None:
    (file,) = bank_with_closures.find("closures").wrong_dir.iterdir()
    first_line = file.read_text().splitlines()[0]
    result = graded(bank_with_closures, file)
    (failed,) = [test.name for test in result.tests if test.outcome is not Outcome.PASSED]
    assert first_line.endswith(f". Caught by: {failed}")


@pytest.mark.parametrize(
    "body",
    [
        "return []",
        "return None",
        "return numbers",
        "raise ValueError",
        "return 'raises ValueError'",
    ],
)
def test_who_solves_nothing_gets_no_point(
    bank_with_closures: Bank, tmp_path: Path, body: str
) -> None:
    file = tmp_path / "closures.py"
    file.write_text(f"def running_totals(numbers):\n    {body}\n")
    result = graded(bank_with_closures, file)
    assert all(test.outcome.fault is Fault.SUBMISSION for test in result.tests)


def test_the_examples_of_the_task_hold_for_the_reference(bank_with_closures: Bank) -> None:
    exercise = bank_with_closures.find("closures")
    names: dict[str, object] = {}
    exec(exercise.reference.read_text(), names)
    examples = doctest.DocTestParser().get_doctest(
        task_of(exercise), names, exercise.id, str(exercise.stub), 0
    )
    failures, tried = doctest.DocTestRunner(verbose=False).run(examples)
    assert (failures, tried) == (0, 2)
