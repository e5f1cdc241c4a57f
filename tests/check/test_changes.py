"""Changes: where each is, what is left alone because no test could see it, and what is left out."""

import textwrap

import libcst as cst
import pytest

from grader.check.changes import Change, changes_of
from grader.errors import GraderError


def changes(source: str, *, with_messages: bool = False) -> list[Change]:
    return list(changes_of(textwrap.dedent(source), with_messages=with_messages))


def texts(source: str, *, with_messages: bool = False) -> list[str]:
    return [change.source for change in changes(source, with_messages=with_messages)]


def test_operators_of_mutmut_are_applied() -> None:
    assert texts("x = y + 1\n") == ["x = None\n", "x = y - 1\n", "x = y + 2\n"]


def test_a_change_is_named_for_the_innermost_function_or_class() -> None:
    program = """
        a = f
        class Outer:
            b = f
            class Inner:
                def method(self):
                    c = f
                    def nested(d=0):
                        pass
    """
    assert {change.function for change in changes(program)} == {
        "",
        "Outer",
        "Outer.Inner.method",
        "Outer.Inner.method.nested",
    }


@pytest.mark.parametrize(
    "statement",
    [
        *("act()", "self.act(*rest)", "await act()", "del items[0]"),
        *("raise", "raise error", "break", "continue"),
    ],
)
def test_a_statement_that_binds_nothing_is_left_out(statement: str) -> None:
    program = "async def f():\n    for item in items:\n        {}\n"
    assert program.format("pass") in texts(program.format(statement))


@pytest.mark.parametrize(
    "statement", ["x = act()", "return act()", "global x", "await act", "yield x", "assert x"]
)
def test_any_other_statement_stays(statement: str) -> None:
    program = "async def f():\n    {}\n"
    assert program.format("pass") not in texts(program.format(statement))


def test_a_statement_that_shares_its_line_is_left_out_alone() -> None:
    assert "act(x); pass\n" in texts("act(x); act(y)\n")
    assert "pass; act(y)\n" in texts("act(x); act(y)\n")


@pytest.mark.parametrize(
    "program",
    [
        "'A docstring.'\n",
        "def f():\n    'A docstring ' 'in two parts.'\n",
        "from copy import deepcopy\nimport deepcopy\n",
        "from __future__ import annotations\n",
        "__all__ = ['f']\n",
        "__all__: list[str] = ['f']\n",
        "__all__ += ['g']\n",
        "def f(x: 'Literal[1]', *, y: Literal[-1, True]) -> not_(1): ...\n",
        "x: Literal[1]\n",
        "def f[T: (int, 'str')](x: T) -> T: ...\n",
        "type Pair = tuple['int', Literal[1]]\n",
        "Pair: TypeAlias = 'tuple[int, int]'\n",
        "Pair: typing.TypeAlias = 'tuple[int, int]'\n",
        "T = TypeVar('T', bound='Shape')\n",
        "P = typing.ParamSpec('P')\n",
        "UserId = NewType('UserId', int)\n",
        "if TYPE_CHECKING:\n    import x\n    y = 1\n",
        "if typing.TYPE_CHECKING:\n    y = 1\n",
        "if __name__ == '__main__':\n    main(1)\n",
        "@overload\ndef f(x: int = 1) -> None: ...\n",
        "@final\n@typing.overload\ndef f(x: int = 1) -> None: ...\n",
        "Pair = tuple[int, Literal[1]]\ndef f(x: Pair) -> list[Pair]: ...\n",
        "Name = str | None\nx: dict[str, Name]\n",
    ],
)
def test_what_no_test_could_see_is_left_alone(program: str) -> None:
    assert texts(program) == []


@pytest.mark.parametrize(
    ("program", "change"),
    [
        ("__slots__ = 'x'\n", "__slots__ = None\n"),
        ("x: int = 1\n", "x: int = 2\n"),
        ("def f(x: int = 1): ...\n", "def f(x: int = 2): ...\n"),
        ("@wraps(f)\ndef g(): ...\n", "@wraps(None)\ndef g(): ...\n"),
        ("if x:\n    y = 1\n", "if x:\n    y = 2\n"),
        (
            "if TYPE_CHECKING:\n    y = 1\nelse:\n    y = 1\n",
            "if TYPE_CHECKING:\n    y = 1\nelse:\n    y = 2\n",
        ),
        # A constant, though it is named in an annotation; and what may be a check.
        ("x = y\ndef f(a: x): return x\n", "x = None\ndef f(a: x): return x\n"),
        ("X = Annotated[int, Gt(0)]\ny: X\n", "X = None\ny: X\n"),
    ],
)
def test_what_is_near_to_it_is_changed(program: str, change: str) -> None:
    assert change in texts(program)


def test_only_the_value_of_a_cast_is_changed() -> None:
    assert texts("return_(cast('Shape', x))\n") == [
        "pass\n",
        "return_(None)\n",
        "return_(cast('Shape', None))\n",
        "return_(cast('Shape', ))\n",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "'no step'",
        "f'no {step + 1}'",
        "'no ' 'step'",
        "'no ' + str(step or 1)",
        "'no %d' % step",
        "'no {}'.format(step)",
    ],
)
def test_the_message_of_an_exception_is_left_alone(message: str) -> None:
    assert texts(f"raise ValueError({message})\n") == ["pass\n"]
    assert len(texts(f"raise ValueError({message})\n", with_messages=True)) > 1


def test_what_else_an_exception_is_made_with_is_changed() -> None:
    assert texts("raise Refused('too many', count) from error\n") == [
        "pass\n",
        "raise Refused('too many', None) from error\n",
        "raise Refused('too many', ) from error\n",
    ]


def test_the_message_of_an_assertion_is_left_alone() -> None:
    assert texts("assert x == y, 'differs'\n") == ["assert x != y, 'differs'\n"]
    assert len(texts("assert x == y, 'differs'\n", with_messages=True)) > 1


def test_a_change_that_cannot_be_written_is_none() -> None:
    # Without `not` and its brackets nothing is left between the keyword and the name.
    assert texts("def f(x):\n    return(not x)\n") == []


def test_a_program_that_libcst_cannot_read_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str) -> cst.Module:
        raise cst.ParserSyntaxError("odd", lines=source.split("\n"), raw_line=2, raw_column=0)

    monkeypatch.setattr(cst, "parse_module", refuse)
    with pytest.raises(GraderError, match="cannot read line 2 of the reference: odd; install"):
        texts("x = 1\ny = 2\n")
