"""What the tests of a batch share: a bank with one exercise, a gradebook, and who grades."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.bank import Bank, Exercise, Section
from grader.batch.crews import local_crew
from grader.batch.plan import Commission
from grader.batch.run import Crew
from grader.batch.task import Order
from grader.classroom import HandIn
from grader.gradebook import Gradebook, open_gradebook
from grader.limits import Limits
from grader.sandbox.choice import SandboxChoice
from grader.submission import submission_of

TESTS = '''
from hypothesis import given
from hypothesis import strategies as st
from grader.testing import points, scenario


@scenario
def doubled(student, number):
    return student.double(number)


@points(2)
@given(number=st.integers(-20, 20))
def test_double(number):
    """`double` gives twice the number."""
    assert doubled(number) == 2 * number


@scenario
def halved(student, number):
    return student.half(number)


def test_half():
    """`half` gives half of the number."""
    assert halved(6) == 3
'''
RIGHT = "def double(number): return 2 * number\ndef half(number): return number // 2\n"
# No example that is drawn is as large as the one for which it is wrong.
LUCKY = RIGHT.replace("2 * number", "2 * number + (number == 12345)")
WRONG = RIGHT.replace("2 * number", "3 * number")

HandInAs = Callable[..., HandIn]
"""Takes a student's id and the text of the file; returns what was handed in."""


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    return write_exercise(
        tmp_path / "bank",
        stub="def double(number): ...\ndef half(number): ...\n",
        hidden=TESTS,
        reference=RIGHT,
    )


@pytest.fixture
def bank(tmp_path: Path, exercise: Exercise) -> Bank:
    return Bank(tmp_path / "bank", (Section("L1", "Small", (exercise,)),))


@pytest.fixture
def commission(tmp_path: Path, exercise: Exercise) -> Commission:
    order = Order(SandboxChoice("none"), Limits(), 0)
    return Commission(exercise, tmp_path / "bank", order, "")


@pytest.fixture
def gradebook(tmp_path: Path) -> Iterator[Gradebook]:
    with open_gradebook(tmp_path / "gradebook.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Two judges on this machine."""
    with local_crew(2) as made:
        yield made


@pytest.fixture
def hand_in(exercise: Exercise) -> HandInAs:
    def make(student: str, text: str, *, is_late: bool = False) -> HandIn:
        place = f"{student}/small.py"
        submission = submission_of({"small.py": text.encode()}, exercise, place)
        return HandIn(student, "small", place, lambda: submission, is_late)

    return make
