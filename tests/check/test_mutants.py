"""Mutants: each is another program, they come in order, and they tell where the change is."""

import ast
import sys
import textwrap
import warnings
from itertools import pairwise
from pathlib import Path

import pytest

from grader.check.mutants import Mutant, mutants_of
from grader.errors import GraderError

SOLUTIONS = Path(__file__).parent.parent.parent / "solutions"

CLAMP = textwrap.dedent('''
    """Numbers within bounds."""

    def clamp(number, low, high):
        if number < low:  # too small
            return low
        return min(
            number,
            high,
        )
''').removeprefix("\n")


def mutant_with(becomes: str, source: str = CLAMP) -> Mutant:
    (found,) = (mutant for mutant in mutants_of(source) if mutant.becomes == becomes)
    return found


def test_a_mutant_says_what_was_changed_and_where() -> None:
    mutant = mutant_with("if number <= low:  # too small")
    assert (mutant.function, mutant.line) == ("clamp", 4)
    assert mutant.was == "if number < low:  # too small"
    assert mutant.source == CLAMP.replace("<", "<=")
    assert mutant.reference == CLAMP


def test_lines_keep_their_indentation_to_each_other() -> None:
    source = "def f():\n    with a:\n        g(x,\n          y)\n"
    assert mutant_with("pass", source).was == "g(x,\n  y)"


def test_lines_that_are_gone_become_nothing() -> None:
    source = "def f(x):\n    match x:\n        case 1: return y\n        case 2: return z\n"
    gone = [(mutant.line, mutant.was) for mutant in mutants_of(source) if not mutant.becomes]
    assert gone == [(3, "case 1: return y"), (4, "case 2: return z")]


def test_mutants_are_numbered_in_the_order_of_their_lines() -> None:
    mutants = mutants_of(CLAMP)
    assert [mutant.number for mutant in mutants] == list(range(1, len(mutants) + 1))
    assert all(one.line <= other.line for one, other in pairwise(mutants))
    assert {mutant.line for mutant in mutants} == {4, 7, 8}


def test_the_same_text_gives_the_same_mutants() -> None:
    assert mutants_of(CLAMP) == mutants_of(CLAMP)


@pytest.mark.parametrize("name", ["decorators", "iterators", "metaclasses"])
def test_every_mutant_of_a_reference_is_a_program_of_its_own(name: str) -> None:
    reference = (SOLUTIONS / f"{name}.py").read_text(encoding="utf-8")
    mutants = mutants_of(reference)
    programs = {ast.dump(ast.parse(text)) for text in (reference, *(m.source for m in mutants))}
    assert len(mutants) > 20
    assert len(programs) == len(mutants) + 1


def test_a_change_that_does_not_compile_makes_no_mutant() -> None:
    # mutmut makes `return` of `break`, which a loop outside of functions cannot have.
    mutants = mutants_of("for x in y:\n    break\n")
    assert [mutant.becomes for mutant in mutants] == ["pass"]


def test_a_change_that_is_made_twice_makes_one_mutant() -> None:
    # The first argument is dropped, and the second, which is the same.
    mutants = mutants_of("x = f(y, y)\n")
    assert [mutant.becomes for mutant in mutants] == [
        "x = None",
        "x = f(None, y)",
        "x = f(y, None)",
        "x = f(y)",
    ]


def test_a_change_of_layout_only_makes_no_mutant() -> None:
    assert mutants_of("pass; pass\n") == ()


def test_what_the_compiler_warns_of_is_not_shown() -> None:
    # The compiler warns of `is` with a literal.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mutants = mutants_of("x = y is not 1\n")
    assert "x = y is 1" in {mutant.becomes for mutant in mutants}


def test_messages_are_changed_when_asked_for() -> None:
    source = "def f():\n    raise ValueError('no')\n"
    assert [mutant.becomes for mutant in mutants_of(source)] == ["pass"]
    assert "raise ValueError('XXnoXX')" in {
        mutant.becomes for mutant in mutants_of(source, with_messages=True)
    }


def test_a_diff_shows_the_change_with_two_lines_around_it() -> None:
    mutant, *_ = mutants_of(CLAMP)
    assert mutant.diff("solutions/clamp.py") == (
        "--- solutions/clamp.py",
        "+++ solutions/clamp.py (mutant 1)",
        "@@ -2,5 +2,5 @@",
        " ",
        " def clamp(number, low, high):",
        "-    if number < low:  # too small",
        "+    if number <= low:  # too small",
        "         return low",
        "     return min(",
    )


def test_lines_are_counted_as_python_counts_them() -> None:
    # A form feed ends a line for str.splitlines.
    *_, mutant = mutants_of("a = '\f'\r\n\f\r\ndel b\r\n")
    assert (mutant.line, mutant.was, mutant.becomes) == (3, "del b", "pass")
    assert mutant.source.endswith("\r\npass\r\n")


@pytest.mark.parametrize("source", ["def f(:\n", "x = '\0'\n"])
def test_a_reference_that_is_no_python_is_reported(source: str) -> None:
    with pytest.raises(GraderError, match=r"that is no Python: .*; mend it first"):
        mutants_of(source)


def test_without_mutmut_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "grader.check.changes", raising=False)
    monkeypatch.setitem(sys.modules, "mutmut", None)
    monkeypatch.setitem(sys.modules, "mutmut.mutation.mutators", None)
    with pytest.raises(GraderError, match=r'pip install "grader\[check\]"'):
        mutants_of("x = 1\n")
