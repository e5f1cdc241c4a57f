"""Equivalents: the file is read or all its problems are told, and entries find their mutants."""

from pathlib import Path

import pytest

from grader.check.equivalents import Equivalent, as_toml, read_equivalents, split
from grader.check.mutants import Mutant, mutants_of
from grader.errors import BankError, Problem

TRACE = Equivalent("trace", "if depth > 0:", "if depth >= 0:", "depth is never negative")

TRACE_TABLE = """
[[mutant]]
function = "trace"
was = "if depth > 0:"
becomes = "if depth >= 0:"
reason = "depth is never negative"
"""


def mutant(function: str, was: str, becomes: str, number: int = 1) -> Mutant:
    return Mutant(number, function, number, was, becomes, source=becomes, reference=was)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "equivalent.toml"


def problems_of(path: Path, text: str) -> list[Problem]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BankError) as caught:
        read_equivalents(path)
    assert str(path) in str(caught.value)
    return list(caught.value.problems)


def test_without_a_file_there_are_none(path: Path) -> None:
    assert read_equivalents(path) == ()


def test_an_empty_file_has_none(path: Path) -> None:
    path.touch()
    assert read_equivalents(path) == ()


def test_entries_are_read_in_order(path: Path) -> None:
    other = TRACE_TABLE.replace('"trace"', '""')
    path.write_text(TRACE_TABLE + other, encoding="utf-8")
    first, second = read_equivalents(path)
    assert first == TRACE
    assert second.function == ""


def test_a_syntax_error_has_its_line(path: Path) -> None:
    (problem,) = problems_of(path, "[[mutant]]\nfunction = trace\n")
    assert problem.place.startswith("line 2, ")
    assert problem.message.startswith("is not TOML: ")


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            TRACE_TABLE + "line = 12\n",
            Problem(
                "mutant[0].line",
                "",
                "is an unknown key; the keys here are function, was, becomes, reason",
            ),
        ),
        (
            TRACE_TABLE.replace('was = "if depth > 0:"\n', ""),
            Problem("mutant[0].was", "", "is missing"),
        ),
        (
            TRACE_TABLE.replace('"trace"', "7"),
            Problem("mutant[0].function", "7", "must be text in quotes"),
        ),
        (
            TRACE_TABLE.replace("depth is never negative", " "),
            Problem("mutant[0].reason", '" "', "must say why no test can see the change"),
        ),
        (
            TRACE_TABLE.replace("[[mutant]]", "[mutant]"),
            Problem(
                "mutant",
                "a table",
                "must be a list of tables; write [[mutant]] with two brackets on each side",
            ),
        ),
        ("mutant = [7]", Problem("mutant[0]", "7", "must be a table of keys and values")),
        (
            TRACE_TABLE.replace("[[mutant]]", "[[mutants]]"),
            Problem("mutants", "", "is an unknown key; the file is a list of [[mutant]]"),
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(path: Path, entry: str, problem: Problem) -> None:
    assert problems_of(path, entry) == [problem]


def test_all_mistakes_are_told_at_once(path: Path) -> None:
    found = problems_of(path, TRACE_TABLE + "[[mutant]]\nfunction = 1\nbecomes = ''\nwhy = ''\n")
    assert [problem.place for problem in found] == [
        "mutant[1].why",
        "mutant[1].function",
        "mutant[1].was",
        "mutant[1].reason",
    ]


def test_a_mutant_with_an_entry_is_equivalent_and_the_others_count() -> None:
    known, other = mutant("trace", TRACE.was, TRACE.becomes), mutant("trace", "a", "b", 2)
    result = split([known, other], [TRACE])
    assert result.counted == (other,)
    assert result.equivalent == ((known, "depth is never negative"),)
    assert result.unmatched == ()


@pytest.mark.parametrize(
    "near",
    [
        mutant("trace.wrapper", TRACE.was, TRACE.becomes),
        mutant("trace", "if depth  > 0:", TRACE.becomes),
        mutant("trace", TRACE.was, "if depth != 0:"),
    ],
)
def test_an_entry_for_another_change_matches_no_mutant(near: Mutant) -> None:
    result = split([near], [TRACE])
    assert (result.counted, result.unmatched) == ((near,), (TRACE,))


def test_white_space_around_lines_has_no_meaning() -> None:
    entry = Equivalent("f", "\n    g(x,\n      y)\n", "\tpass  ", "why")
    assert split([mutant("f", "g(x,\n  y)", "pass")], [entry]).counted == ()


def test_an_entry_stands_for_each_of_two_changes_that_read_the_same() -> None:
    twice = [mutant("f", "x += 1", "x -= 1", number) for number in (1, 2)]
    entry = Equivalent("f", "x += 1", "x -= 1", "why")
    assert [found.number for found, _ in split(twice, [entry]).equivalent] == [1, 2]


def test_an_entry_is_written_to_be_filled_in() -> None:
    assert as_toml(mutant("trace", TRACE.was, TRACE.becomes)) == (
        "[[mutant]]\n"
        'function = "trace"\n'
        'was = "if depth > 0:"\n'
        'becomes = "if depth >= 0:"\n'
        'reason = ""\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "print(\"a\", 'b')",
        'raise E("\\n\\\\")',
        "g(x,\n  y)",
        'g("""a"""\n  "\\"" "")',
        '""',
        'g("a\\\n\tb")\n""',
        "f('é \u2028 \x1f')",
    ],
)
def test_an_entry_that_was_written_is_read_and_finds_its_mutant(path: Path, text: str) -> None:
    written = mutant("f", was=f"{text}", becomes=f"not {text}")
    path.write_text(as_toml(written).replace('reason = ""', 'reason = "why"'), encoding="utf-8")
    (entry,) = read_equivalents(path)
    assert entry == Equivalent("f", text, f"not {text}", "why")
    assert split([written], [entry]).counted == ()


def test_entries_of_several_mutants_can_stand_in_one_file(path: Path) -> None:
    mutants = mutants_of("def f(x):\n    act(x,\n        y)\n    del x\n")
    text = "\n".join(map(as_toml, mutants)).replace('reason = ""', 'reason = "why"')
    path.write_text(text, encoding="utf-8")
    result = split(mutants, read_equivalents(path))
    assert len(mutants) > 2
    assert (result.counted, result.unmatched) == ((), ())
