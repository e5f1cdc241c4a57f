"""Which texts a name of a scenario stands for."""

import ast
import textwrap
from pathlib import Path

import pytest
from exercise_files import write_exercise

from grader.check.reading import read_hidden_tests
from grader.check.texts import texts_in


def texts_of_it(folder: Path, body: str, calls: str = "") -> frozenset[str]:
    """Return the texts of the name `it` in a scenario, which a test calls."""
    inner = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    hidden = (
        f"@scenario\ndef asked(student, it, more=0):\n{inner}\ndef test_a(): {calls or '...'}\n"
    )
    file = read_hidden_tests(write_exercise(folder, hidden=hidden).hidden_test)
    return texts_in(file.scenarios[0], file).of(ast.Name("it", ast.Load()))


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("it = 'a'", {"a"}),
        ("it = 'a'\nit = 'b'", {"a", "b"}),
        ("it = 'a' if more else 'b'", {"a", "b"}),
        ("for it in ('a', 'b'): pass", {"a", "b"}),
        ("[it for it in ['a', 'b']]", {"a", "b"}),
        ("names = [name for name in {'a', 'b'} if more]\nfor it in names: pass", {"a", "b"}),
        ("it = other\nother = 'a'", {"a"}),
        ("it = other\nother = it", set()),
        ("it = 1", set()),
        ("it = 'a' + more", set()),
        ("it = 'a'.upper()", set()),
        ("for other, it in [('a', 'b')]: pass", set()),
    ],
)
def test_texts_that_are_written_out_are_found(tmp_path: Path, body: str, texts: set[str]) -> None:
    assert texts_of_it(tmp_path, body) == texts


@pytest.mark.parametrize(
    ("calls", "texts"),
    [
        ("asked('a')", {"a"}),
        ("asked('a'), asked('b', 'c')", {"a", "b"}),
        ("asked(it='a')", {"a"}),
        ("asked(more='a')", set()),
        ("asked(drawn)", set()),
        ("other('a')", set()),
    ],
)
def test_a_parameter_is_what_the_tests_give_for_it(
    tmp_path: Path, calls: str, texts: set[str]
) -> None:
    assert texts_of_it(tmp_path, "pass", calls) == texts
