"""Hollow submissions: which functions are filled, with what, and that all else stays."""

import ast
import asyncio
import runpy
import textwrap
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Exercise
from grader.catalogue import read_bank
from grader.check.hollow import empty_functions, first_arguments

BANK = read_bank(Path(__file__).parent.parent.parent)
# Those that need no more than Python.
PLAIN_EXERCISES = [one for one in BANK.exercises if not one.is_folder and one.image == "core"]
BOTH = [empty_functions, first_arguments]

both = pytest.mark.parametrize("hollow", BOTH, ids=lambda one: one.__name__)


def run(source: str) -> dict[str, Any]:
    """Return the names that a module of this source has."""
    names: dict[str, Any] = {"__name__": "hollow"}
    exec(source, names)
    return names


def filled(hollow: Any, source: str) -> dict[str, Any]:
    """Return the names of a hollow module; `...` stands for an unfinished body."""
    text = textwrap.dedent(source).replace(": ...", ": raise NotImplementedError")
    return run(hollow(text))


SHAPES = """
def plain(first, second=2): ...
def positional_only(first, /, second): ...
def several(*items): ...
def first_and_several(first, *items): ...
def by_keyword(*, first, second): ...
def several_and_keyword(*items, key): ...
def any_keywords(**named): ...
def nothing(): ...
async def later(first): ...

class Shape:
    def method(self, first): ...
    def alone(self): ...
    def several(self, *items): ...
    def by_keyword(self, *, key): ...
    def all_in_one(*everything): ...
    async def later(self, first): ...
    @classmethod
    def of_class(cls, first): ...
    @classmethod
    def of_class_alone(cls): ...
    @staticmethod
    def static(first): ...
    @property
    def size(self): ...
    @size.setter
    def size(self, value): ...
    if True:
        def conditional(self, first): ...
    class Inner:
        def method(self, first): ...

SHAPE = Shape()
"""
CALLS = [
    ("plain(1)", 1),
    ("plain(second=5, first=1)", 1),
    ("positional_only(1, 2)", 1),
    ("several(1, 2)", (1, 2)),
    ("several()", ()),
    ("first_and_several(1, 2)", 1),
    ("by_keyword(first=1, second=2)", 1),
    ("several_and_keyword(1, key=2)", (1,)),
    ("any_keywords(key=1)", {"key": 1}),
    ("nothing()", None),
    ("SHAPE.method(1)", 1),
    ("SHAPE.alone() is SHAPE", True),
    ("SHAPE.several(1, 2)", (1, 2)),
    ("SHAPE.by_keyword(key=1)", 1),
    ("SHAPE.all_in_one(1)[1:]", (1,)),
    ("Shape.of_class(1)", 1),
    ("Shape.of_class_alone() is Shape", True),
    ("Shape.static(1)", 1),
    ("SHAPE.size is SHAPE", True),
    ("setattr(SHAPE, 'size', 1)", None),
    ("SHAPE.conditional(1)", 1),
    ("Shape.Inner().method(1)", 1),
]


@pytest.mark.parametrize(("call", "value"), CALLS, ids=[call for call, _ in CALLS])
def test_the_first_argument_is_returned(call: str, value: object) -> None:
    assert eval(call, filled(first_arguments, SHAPES)) == value


@pytest.mark.parametrize(
    "call", [call for call, _ in CALLS if "[" not in call and " is " not in call]
)
def test_an_empty_function_returns_none(call: str) -> None:
    assert eval(call, filled(empty_functions, SHAPES)) is None


@pytest.mark.parametrize("call", ["later(1)", "SHAPE.later(1)"])
def test_a_coroutine_stays_one(call: str) -> None:
    assert asyncio.run(eval(call, filled(first_arguments, SHAPES))) == 1
    assert asyncio.run(eval(call, filled(empty_functions, SHAPES))) is None


# What is unfinished, and what is not.


@both
@pytest.mark.parametrize(
    "statement",
    [
        "raise NotImplementedError",
        "raise NotImplementedError('later')",
        "raise NotImplementedError from None",
        "import builtins; raise builtins.NotImplementedError()",
        "if value: raise NotImplementedError",
        "raise NotImplementedError; yield",
    ],
)
def test_a_body_that_says_it_is_unfinished_is_filled(hollow: Any, statement: str) -> None:
    names = run(hollow(f"def f(value):\n    {statement}\n"))

    assert names["f"](5) == (None if hollow is empty_functions else 5)


COMPLETE = [
    "return 2 * value",
    "raise ValueError(value)",
    "try:\n        return 1 / value\n    except ZeroDivisionError:\n        raise",
    "return NotImplementedError",
    "return NotImplemented",
    "pass",
    "...",
]


@both
@pytest.mark.parametrize("body", COMPLETE, ids=lambda body: body.splitlines()[-1])
def test_a_body_that_is_complete_is_kept(hollow: Any, body: str) -> None:
    source = f"def f(value):\n    {body}\n"

    assert ast.dump(ast.parse(hollow(source))) == ast.dump(ast.parse(source))


@both
def test_an_unfinished_function_inside_a_complete_one_is_filled(hollow: Any) -> None:
    names = filled(
        hollow,
        """
        def make(factor):
            def inner(value): ...
            class Local:
                def method(self, value): ...
            return inner, Local().method, factor
        """,
    )
    inner, method, factor = names["make"](3)

    wanted = None if hollow is empty_functions else 5
    assert (inner(5), method(5), factor) == (wanted, wanted, 3)


def test_a_function_inside_a_method_has_no_self() -> None:
    names = filled(
        first_arguments,
        """
        class Maker:
            def make(self):
                def inner(value, other): ...
                return inner
        """,
    )

    assert names["Maker"]().make()(1, 2) == 1


# Classes can still be made.

SPECIAL = """
class Base:
    def __init_subclass__(cls, **named): ...

class Descriptor:
    def __set_name__(self, owner, name): ...

class Account(Base):
    def __new__(cls, owner): ...
    def __init__(self, owner): ...
    def __post_init__(self): ...
    def __del__(self): ...
    def __enter__(self): ...
    balance = Descriptor()

class Empty:
    def __new__(cls): ...

class Given:
    def __new__(cls):
        return super().__new__(cls)
"""


@both
def test_instances_can_be_made(hollow: Any) -> None:
    names = filled(hollow, SPECIAL)

    for make in ("Account('Ann')", "Empty()", "Given()"):
        assert type(eval(make, names)) is names[make.partition("(")[0]]
    assert "__new__" not in vars(names["Account"])
    assert "__new__" in vars(names["Given"])


def test_what_must_return_nothing_does_nothing() -> None:
    account = filled(first_arguments, SPECIAL)["Account"]("Ann")

    assert account.__init__("Ann") is None
    assert account.__post_init__() is None
    assert account.__del__() is None
    assert account.__init_subclass__() is None
    assert account.__enter__() is account


def test_a_function_named_like_a_special_method_is_one_like_others() -> None:
    names = filled(first_arguments, "def __new__(first): ...\ndef __init__(first): ...")

    assert (names["__new__"](1), names["__init__"](1)) == (1, 1)


# All else stays.

WHOLE = '''\
"""The task."""

from __future__ import annotations
from dataclasses import dataclass
from functools import cache, partial

LIMIT: int = 3


@dataclass(frozen=True)
class Point:
    """A point."""

    x: int = LIMIT
    y: int = 0

    def far(self, other: Point, /, *, by: int = LIMIT) -> bool:
        """Tell whether `other` is far away."""
        raise NotImplementedError


@cache
def area(width: int, height: int = 2) -> int:
    """Return the area."""
    raise NotImplementedError


class Problem(Exception):
    pass
'''


@both
def test_everything_but_the_bodies_stays(hollow: Any) -> None:
    body = {empty_functions: ["pass", "pass"], first_arguments: ["return other", "return width"]}
    expected = WHOLE
    for statement in body[hollow]:
        expected = expected.replace("raise NotImplementedError", statement, 1)

    assert ast.dump(ast.parse(hollow(WHOLE))) == ast.dump(ast.parse(expected))


@both
@pytest.mark.parametrize("exercise", PLAIN_EXERCISES, ids=lambda one: one.id)
def test_the_stubs_of_the_bank_load_and_have_nothing_unfinished(
    hollow: Any, exercise: Exercise, tmp_path: Path
) -> None:
    text = hollow(exercise.stub.read_text("utf-8"))
    (tmp_path / "hollow.py").write_text(text, encoding="utf-8")

    assert "raise NotImplementedError" not in text
    assert runpy.run_path(str(tmp_path / "hollow.py"), run_name=exercise.module)


@both
def test_what_is_no_python_is_a_syntax_error(hollow: Any) -> None:
    with pytest.raises(SyntaxError):
        hollow("def f(:\n")
