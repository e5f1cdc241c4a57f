"""How many points an exercise has, by the text of its hidden tests."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.points import points_of

BANK = read_bank(Path(__file__).parent.parent)


def with_tests(folder: Path, text: str) -> Exercise:
    file = folder / "test_x.py"
    file.write_text(text)
    return replace(BANK.exercises[0], hidden_test=file)


def test_points_of_all_tests_are_added_and_one_without_has_one(tmp_path: Path) -> None:
    text = """
from grader.testing import points
import grader.testing

@points(3)
def test_a(): ...

@given(numbers)
@grader.testing.points(4)
async def test_b(): ...

def test_c(): ...

class TestD:
    @points(5)
    def test_e(self): ...

@points(9)
def helper(): ...
"""
    assert points_of(with_tests(tmp_path, text)) == 3 + 4 + 1 + 5


@pytest.mark.parametrize(
    "text",
    [
        "@points(N)\ndef test_a(): ...",
        "@points()\ndef test_a(): ...",
        "@pytest.mark.parametrize('a', ROWS)\ndef test_a(a): ...",
        "def test_a(:",
        "\0",
    ],
)
def test_where_the_text_does_not_tell_there_is_no_number(tmp_path: Path, text: str) -> None:
    assert points_of(with_tests(tmp_path, text)) is None


def test_a_file_that_is_missing_tells_nothing(tmp_path: Path) -> None:
    assert points_of(replace(BANK.exercises[0], hidden_test=tmp_path / "none.py")) is None


@pytest.mark.parametrize("exercise", BANK.exercises, ids=lambda one: one.id)
def test_every_exercise_of_the_bank_has_ten_points(exercise: Exercise) -> None:
    assert points_of(exercise) == 10
