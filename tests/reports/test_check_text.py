"""The report of a check for a terminal: what it says, how wide, and that it is inert."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader.findings import Check, Kind, Matrix, Row
from grader.messages import syntax_error
from grader.reports.check_text import render
from reports.checks import DIFF, FAULT, MATRIX, NOT_CHECKED, NOTE, NOTHING, a_check, check_with

# All of Unicode, lone surrogates too, and more often than by chance what moves a terminal.
NASTY = "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\xa0\u200b\u2028\u202e\u2066\ufeff\udcff[]/=:\\"
texts = st.text(st.characters() | st.sampled_from(NASTY), max_size=20)


def styles(check: Check) -> dict[str, str]:
    """Return the style of each styled piece of a report."""
    text = render(check)
    return {text.plain[span.start : span.end].strip(): str(span.style) for span in text.spans}


# What it says


def test_a_check_is_reported_with_its_findings() -> None:
    finding = replace(FAULT, details=DIFF)
    assert render(a_check(finding, NOTE)).plain == (
        "✗ double  Twice as much\n"
        "  2 wrong solutions, strength 0.66 (2 of 3 mutants), 2 equivalent, slowest test 0.2 s\n"
        "\n"
        "  wrong-solution-passes  solutions/wrong/double/adds_two.py\n"
        "    this mistake gets all points: it adds 2\n"
        "      --- double.py\n"
        "      +++ double.py (mutant 1)\n"
        "      @@ -1,2 +1,2 @@\n"
        "       def double(number):\n"
        "      -    return 2 * number\n"
        "      +    return 3 * number\n"
        "      # [[mutant]]\n"
        "    → add a test that catches it, or draw examples in which it shows\n"
        "\n"
        "  test-redundant  hidden/test_double.py::test_zero\n"
        "    whatever it catches is caught by test_double as well\n"
        "    → keep it where it gives partial credit for the easier part; else merge\n"
        "      them\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("check", "mark"),
    [(a_check(), "✓"), (a_check(NOTE), "✓"), (a_check(FAULT), "✗"), (a_check(NOT_CHECKED), "✗")],
)
def test_only_a_fault_is_marked(check: Check, mark: str) -> None:
    assert render(check).plain.startswith(f"{mark} double")


def test_nothing_is_measured_of_an_exercise_that_could_not_be_checked() -> None:
    lines = render(a_check(NOT_CHECKED, matrix=NOTHING)).plain.splitlines()
    assert lines[:3] == ["✗ double  Twice as much", "", "  not-checked"]


def test_one_wrong_solution_is_no_plural() -> None:
    row = Row(Kind.WRONG_SOLUTION, "squares", "it takes the square", ("test_double",))
    summary = render(a_check(matrix=Matrix(MATRIX.columns, (row,)))).plain.splitlines()[1]
    assert summary == "  1 wrong solution, slowest test 0.2 s"


def test_the_lines_of_a_diff_have_their_colours() -> None:
    found = styles(a_check(replace(FAULT, details=DIFF)))
    assert found["-    return 2 * number"] == "red"
    assert found["+    return 3 * number"] == "green"
    assert found["--- double.py"] == found["+++ double.py (mutant 1)"] == "dim"


def test_a_note_is_told_apart_from_a_fault() -> None:
    found = styles(a_check(FAULT, NOTE))
    assert found["wrong-solution-passes"] == "bold red"
    assert found["test-redundant"] == "yellow"


# How wide


def test_prose_fits_a_terminal_of_80_columns() -> None:
    sentence = "some words, one after the other, " * 10
    check = a_check(replace(FAULT, message=sentence, remedy=sentence))
    lines = render(check).plain.splitlines()
    assert max(map(len, lines[4:])) < 80
    assert max(map(len, lines[4:])) > 70


def test_what_is_copied_is_left_whole() -> None:
    path = f"solutions/wrong/{'very-long-' * 10}name.py"
    message = f"write it into {path}, which there is"
    report = render(a_check(replace(FAULT, message=message, details=(f"+{path}",)))).plain
    assert report.count(path) == 2


def test_the_caret_of_a_syntax_error_stays_below_its_character() -> None:
    code = f"{'x = ' * 30}= 1"
    message = syntax_error("invalid syntax", 1, code.index("= =") + 3, code)
    lines = render(a_check(replace(FAULT, message=message))).plain.splitlines()
    row = next(row for row, line in enumerate(lines) if line.endswith("= 1"))
    assert lines[row][lines[row + 1].index("^") :] == "= 1"


# Inert


@given(texts)
def test_whatever_a_check_holds_the_report_is_printable(text: str) -> None:
    assert render(check_with(text)).plain.replace("\n", "").isprintable()


@given(texts)
def test_a_terminal_receives_the_report_and_colours_only(text: str) -> None:
    stream = StringIO()
    report = render(check_with(text))
    console = Console(file=stream, force_terminal=True, color_system="truecolor", width=80)
    console.print(report, end="", soft_wrap=True, highlight=False)
    assert re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()) == report.plain


@given(texts)
def test_an_authors_text_never_reaches_the_margin_of_ours(text: str) -> None:
    check = check_with(f"a\n{text}\n✓ another  Its title")
    lines = render(check).plain.splitlines()
    margins = [line for line in lines[2:] if line and not line.startswith(" " * 4)]
    assert all(line.startswith(("  weak  a\\n", "  test-redundant  a\\n")) for line in margins)
    assert len(margins) == 2
