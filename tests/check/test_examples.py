"""The examples of a stub, run against the reference: which hold, and what cannot be run."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.bank import Exercise
from grader.check.example_findings import example_findings
from grader.check.examples import ExampleError, Failed, failed_examples
from grader.errors import GraderError
from grader.findings import Code, Finding
from grader.judge.grade import Plan
from grader.limits import Limits
from grader.sandbox.base import Connection, Order, SandboxError
from grader.sandbox.choice import SandboxChoice
from grader.sandbox.none import NoSandbox

PLACE = "exercises/small.py"
PLAN = Plan(SandboxChoice("none"), Limits(), 0)

REFERENCE = """
FACTOR = 2

def double(number):
    if number is None:
        raise ValueError("no number")
    return FACTOR * number
"""

HOLDING = '''"""Write `double`.

>>> double(4)
8
>>> FACTOR = 3  # each docstring has names of its own
>>> double(None)
Traceback (most recent call last):
    ...
ValueError: no number
>>> for number in (1, 2):
...     print(double(number))
2
4
"""


class Shop:
    """A class.

    >>> double(FACTOR)
    4
    """

    async def open(self):
        """A method.

        >>> double("ab")
        'abab'
        """
'''


class BrokenSandbox:
    """A sandbox in which no room can be opened."""

    name = "broken"

    def open(self, order: Order) -> Connection:
        raise SandboxError("the engine is away; start it")

    def image(self) -> tuple[str, str]:
        return "", ""


class CountingSandbox(NoSandbox):
    """The sandbox none, which counts its rooms and those that were closed."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0

    def open(self, order: Order) -> Connection:
        self.opened += 1
        return super().open(order)


def exercise_with(
    root: Path, stub: str | Mapping[str, str], reference: str | Mapping[str, str] = REFERENCE
) -> Exercise:
    return write_exercise(root, stub=stub, reference=reference)


def failed_of(root: Path, stub: str, reference: str = REFERENCE) -> list[Failed]:
    return failed_examples(exercise_with(root, stub, reference), PLAN, "0123456789abcdef")


def findings_of(root: Path, stub: str, plan: Plan = PLAN) -> list[Finding]:
    return list(example_findings(exercise_with(root, stub), plan, PLACE))


def test_examples_of_all_docstrings_that_hold_are_no_finding(tmp_path: Path) -> None:
    assert failed_of(tmp_path, HOLDING) == []


def test_each_example_that_does_not_hold_is_told_with_its_line(tmp_path: Path) -> None:
    stub = HOLDING.replace("\n8\n", "\n9\n").replace("'abab'", "'ab'")
    assert failed_of(tmp_path, stub) == [
        Failed(3, "double(4)\n", "9\n", "8\n"),
        Failed(27, 'double("ab")\n', "'ab'\n", "'abab'\n"),
    ]


def test_an_example_that_raises_something_else_is_told_by_what_it_raises(tmp_path: Path) -> None:
    stub = '"""\n>>> double(None)\n8\n>>> 1 / 0\n"""\n'
    assert [(one.line, one.got) for one in failed_of(tmp_path, stub)] == [
        (2, "ValueError: no number\n"),
        (4, "ZeroDivisionError: division by zero\n"),
    ]


def test_examples_of_every_file_of_a_folder_are_run(tmp_path: Path) -> None:
    stub = {"small.py": '"""\n>>> double(4)\n9\n"""\n', "parts.py": '"""\n\n>>> FACTOR\n3\n"""\n'}
    reference = {"small.py": "from parts import *\n", "parts.py": REFERENCE}
    exercise = exercise_with(tmp_path, stub, reference)
    failed = failed_examples(exercise, PLAN, "0123456789abcdef")
    assert [(one.line, one.got) for one in failed] == [(2, "8\n"), (3, "2\n")]


def test_no_sandbox_is_opened_for_no_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = CountingSandbox()
    monkeypatch.setattr("grader.check.examples.take_sandbox", lambda choice: sandbox)
    assert failed_of(tmp_path, '"""Nothing to see."""\n') == []
    assert sandbox.opened == 0
    assert failed_of(tmp_path, HOLDING) == []
    assert sandbox.opened == 1


@pytest.mark.parametrize(
    ("stub", "sentence"),
    [
        ('"""\n>>>double(4)\n8\n"""\n', "lacks blank after >>>"),
        ('"""\n>>> import os; os._exit(3)\n"""\n', "ended"),
        ('"""\n>>> while True: pass\n"""\n', "had not finished"),
    ],
)
def test_examples_that_cannot_be_run_are_an_error_that_says_why(
    tmp_path: Path, stub: str, sentence: str
) -> None:
    plan = replace(PLAN, limits=Limits(test_seconds=0.5))
    exercise = exercise_with(tmp_path, stub)
    with pytest.raises(ExampleError, match=sentence):
        failed_examples(exercise, plan, "0123456789abcdef")


def test_a_reference_that_does_not_load_is_an_error_of_the_examples(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="ZeroDivisionError"):
        failed_of(tmp_path, HOLDING, reference="1 / 0\n")


def test_a_sandbox_that_fails_is_no_fault_of_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.check.examples.take_sandbox", lambda choice: BrokenSandbox())
    with pytest.raises(GraderError, match="the engine is away; start it") as caught:
        failed_of(tmp_path, HOLDING)
    assert not isinstance(caught.value, ExampleError)


# What is said of them.


def test_an_example_that_fails_is_shown_with_what_it_says_and_what_happens(
    tmp_path: Path,
) -> None:
    stub = '"""\n>>> for number in (1, 2):\n...     double(number)\n2\n>>> double(4)\n"""\n'
    first, second = findings_of(tmp_path, stub)
    assert (first.code, first.place) == (Code.EXAMPLE_FAILS, f"{PLACE}:2")
    assert first.details == (
        ">>> for number in (1, 2):",
        "...     double(number)",
        "says: 2",
        "does: 2",
        "does: 4",
    )
    assert second.place == f"{PLACE}:5"
    assert second.details == (">>> double(4)", "says: (nothing)", "does: 8")


def test_examples_that_cannot_be_run_are_one_finding(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, '"""\n>>>double(4)\n8\n"""\n')
    assert (finding.code, finding.place) == (Code.EXAMPLE_FAILS, PLACE)
    assert finding.message.startswith("the examples cannot be run: line 2")


def test_without_a_sandbox_examples_are_not_checked(tmp_path: Path) -> None:
    plan = replace(PLAN, sandbox=SandboxChoice("nowhere"))
    (finding,) = findings_of(tmp_path, HOLDING, plan)
    assert (finding.code, finding.place) == (Code.NOT_CHECKED, PLACE)
    assert "there is no sandbox 'nowhere'" in finding.message
