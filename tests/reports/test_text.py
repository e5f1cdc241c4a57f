"""The report for a terminal: what it looks like, and that no student's text can do anything in it.

What it looks like stands in tests/golden/text: in each folder a result and its report. After a
change that is meant, `GRADER_UPDATE_GOLDEN=1 pytest tests/reports/test_text.py` writes the reports
anew; `git diff tests/golden` then shows what a student would see change. A new folder needs only
its result.json.
"""

import json
import os
from dataclasses import replace
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import grader
from grader.limits import Limits
from grader.outcomes import Fault, Outcome
from grader.reports.text import render
from grader.results import Breakdown, Evidence, Frame, Result, TestRecord, from_json

SCHEMA = json.loads((Path(grader.__file__).parent / "result.schema.json").read_text())
GOLDEN = sorted((Path(__file__).parent.parent / "golden/text").iterdir())

# All of Unicode, lone surrogates too, and more often than by chance what moves a terminal.
NASTY = "\x00\x07\x08\t\n\x0b\r\x1b\x7f\x85\x9b\xa0\xad\u200b\u200e\u2028\u202e\u2066\ufeff\udcff"
texts = st.text(st.characters() | st.sampled_from(NASTY + "[]/=:\\"), max_size=20)

EVIDENCE = Evidence("a" * 64, "b" * 64, "c" * 64, "d" * 64, "docker", "i", "", 0, Limits())
RECORD = TestRecord("test_double", "`double` gives twice a number.", 2, Outcome.FAILED, "Wrong.")

frames = st.builds(Frame, file=texts, line=st.integers(1, 10**9), function=texts, code=texts)
records = st.builds(
    TestRecord,
    name=texts,
    title=texts,
    max_points=st.integers(0, 100),
    outcome=st.sampled_from(Outcome),
    message=texts,
    counterexample=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    got=texts,
    expected=texts,
    frames=st.lists(frames, max_size=2).map(tuple),
    hint=texts,
)
results = st.builds(
    Result,
    exercise=texts,
    title=texts,
    submission=texts,
    tests=st.lists(records, max_size=3).map(tuple),
    evidence=st.builds(
        lambda sandbox, python: replace(
            EVIDENCE, sandbox=sandbox, versions={"sandbox_python": python}
        ),
        texts,
        texts,
    ),
    breakdown=st.none() | st.builds(Breakdown, st.sampled_from(Outcome), texts),
)


def result_of(*tests: TestRecord, submission: str = "double.py") -> Result:
    """Return a result with these tests."""
    return Result("double", "Twice as much", submission, tests, EVIDENCE)


def on_terminal(result: Result) -> str:
    """Return what a terminal with colours receives."""
    stream = StringIO()
    console = Console(file=stream, force_terminal=True, color_system="truecolor", width=80)
    console.print(render(result), end="", soft_wrap=True, highlight=False)
    return stream.getvalue()


# What it looks like


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_a_result_is_reported_as_before(folder: Path) -> None:
    data = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    report = render(from_json(data)).plain
    file = folder / "report.txt"
    if os.environ.get("GRADER_UPDATE_GOLDEN") == "1":
        file.write_text(report, encoding="utf-8")
    assert report == file.read_text(encoding="utf-8")


def test_there_are_golden_reports() -> None:
    assert {"all_points", "wrong_answers", "hostile_text"} <= {folder.name for folder in GOLDEN}


@pytest.mark.parametrize(
    ("outcome", "mark", "points"),
    [
        (Outcome.PASSED, "✓", "2/2"),
        *((one, "✗", "0/2") for one in Outcome if one.fault is Fault.SUBMISSION),
        *((one, "?", "-/2") for one in Outcome if one.fault is Fault.GRADER),
    ],
)
def test_a_test_has_a_mark_and_its_points(outcome: Outcome, mark: str, points: str) -> None:
    line = render(result_of(replace(RECORD, outcome=outcome))).plain.splitlines()[3]
    assert line == f"  {mark} `double` gives twice a number.  {points}"


def test_a_test_that_passed_says_nothing_more() -> None:
    passed = replace(RECORD, outcome=Outcome.PASSED)
    assert "Wrong." not in render(result_of(passed)).plain
    assert "Wrong." in render(result_of(RECORD)).plain


# Inert


@given(results)
def test_whatever_a_result_holds_the_report_is_printable(result: Result) -> None:
    assert render(result).plain.replace("\n", "").isprintable()


@given(results)
def test_a_terminal_receives_the_report_and_colours_only(result: Result) -> None:
    import re

    received = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(result))
    assert received == render(result).plain


MARKUP = "[bold]b[/bold] [link=http://example.org]x[/link] [/] :smile: [@click=quit]"


def test_markup_of_rich_stays_as_it_is() -> None:
    frame = Frame(MARKUP, 1, MARKUP, MARKUP)
    test = replace(
        RECORD,
        title=MARKUP,
        message=MARKUP,
        counterexample=((MARKUP, MARKUP),),
        got=MARKUP,
        expected=MARKUP,
        frames=(frame,),
        hint=MARKUP,
    )
    result = result_of(test, submission=MARKUP)
    report = " ".join(render(result).plain.split())  # the hint is wrapped
    assert report.count(MARKUP) == 11
    assert "\x1b]8" not in on_terminal(result)  # a hyperlink


@pytest.mark.parametrize("name", ["exercise", "title", "submission"])
def test_a_name_cannot_go_on_with_a_line_of_its_own(name: str) -> None:
    result = replace(result_of(RECORD), **{name: "x.py\n  2 of 2 points"})
    report = render(result).plain
    assert "x.py\\n  2 of 2 points" in report
    assert "\n  2 of 2 points" not in report


@given(texts)
def test_a_students_text_never_reaches_the_margin_of_ours(text: str) -> None:
    message = f"a\n{text}\n  2 of 2 points\n  ✓ a test  2/2"
    test = replace(RECORD, message=message, got=message, hint=message)
    lines = render(result_of(test)).plain.splitlines()
    assert [line for line in lines[3:] if line and not line.startswith(" " * 6)] == [
        "  ✗ `double` gives twice a number.  0/2",
        "  0 of 2 points",
    ]


def test_a_breakdown_of_several_lines_stays_indented() -> None:
    broken = Breakdown(Outcome.SANDBOX_FAILED, "first\nsecond")
    report = render(replace(result_of(), breakdown=broken)).plain
    assert report.endswith("submission.\n  first\n  second\n")


def test_the_caret_of_a_syntax_error_stands_below_its_character_with_tabs() -> None:
    from grader.messages import syntax_error

    message = syntax_error("invalid syntax", 1, 8, "\tx =\t= 1")
    lines = render(result_of(replace(RECORD, message=message))).plain.splitlines()
    row = next(row for row, line in enumerate(lines) if line.endswith("= 1"))
    assert lines[row + 1].index("^") < len(lines[row])
    assert "\t" not in "".join(lines)
