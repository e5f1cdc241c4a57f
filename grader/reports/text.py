"""The report for a terminal: what a student reads after `grade submit`."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from rich.text import Text

from grader.messages import inert, inert_line
from grader.outcomes import Fault, Outcome
from grader.results import Frame, Result, TestRecord, Verdict

_LABEL_COLUMNS = 10
_TAB_COLUMNS = 4
_PROSE_COLUMNS = 72
_INDENT = " " * 6
_STYLES = {"✓": "green", "✗": "red", "?": "yellow"}


def render(result: Result) -> Text:
    """Return the report of one result; everything that is a student's text is inert in it."""
    text = Text()
    text.append(inert_line(result.exercise), style="bold")
    text.append(f"  {inert_line(result.title)}\n")
    text.append(f"{inert_line(result.submission)}{_where(result)}\n", style="dim")
    text.append("\n")
    common = common_message(result)
    if common:
        _append_lines(text, "  ", common)
        text.append("\n")
    for test in result.tests:
        _append_test(text, replace(test, message="") if common else test)
    text.append_text(_summary(result))
    return text


def _where(result: Result) -> str:
    """Return in what the submission has run, or "" when it has not."""
    evidence = result.evidence
    python = evidence.versions.get("sandbox_python")
    sandbox = "no sandbox" if evidence.sandbox == "none" else inert_line(evidence.sandbox)
    return f" ({sandbox}, Python {inert_line(python)})" if python else ""


def common_message(result: Result) -> str:
    """Return what is to be said once, because it holds for every test alike, or ""."""
    found = {(test.outcome, test.message) for test in result.tests}
    outcome, message = found.pop() if len(found) == 1 < len(result.tests) else (None, "")
    return message if outcome in (Outcome.DOES_NOT_LOAD, Outcome.SANDBOX_FAILED) else ""


def _append_test(text: Text, test: TestRecord) -> None:
    style = _STYLES[mark_of(test.outcome)]
    text.append(f"  {mark_of(test.outcome)} ", style=style)
    text.append(inert_line(test.title))
    text.append(f"  {points_of(test)}\n", style=style)
    if test.outcome is not Outcome.PASSED and test.message:
        _append_lines(text, _INDENT, test.message)
    for label, content in details(test):
        text.append(f"{_INDENT}{label:{_LABEL_COLUMNS}}", style="dim")
        _append_lines(text, _INDENT + " " * _LABEL_COLUMNS, content, is_begun=True)


def mark_of(outcome: Outcome) -> str:
    """Return the sign that stands before a test's title."""
    if outcome is Outcome.PASSED:
        return "✓"
    return "?" if outcome.fault is Fault.GRADER else "✗"


def points_of(test: TestRecord) -> str:
    """Return a test's points out of what there was to earn: 1/2, or -/2 where it is not graded."""
    points = "-" if test.outcome.fault is Fault.GRADER else str(test.points)
    return f"{points}/{test.max_points}"


def details(test: TestRecord) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a test besides its message, as (label, content) pairs."""
    if test.counterexample:
        yield "with", "\n".join(f"{name} = {value}" for name, value in test.counterexample)
    if test.got:
        yield "you gave", test.got
    if test.expected:
        yield "expected", test.expected
    if test.frames:
        yield "where", "\n".join(map(_frame, test.frames))
    if test.hint:
        # Wrapped, as the one text here that is prose; values and code are left to be copied.
        yield "hint", textwrap.fill(test.hint, _PROSE_COLUMNS)


def _frame(frame: Frame) -> str:
    code = f"\n    {frame.code}" if frame.code else ""
    return f"{inert_line(frame.file)}, line {frame.line}, in {inert_line(frame.function)}{code}"


def _append_lines(text: Text, indent: str, content: str, *, is_begun: bool = False) -> None:
    """Append lines, each behind `indent`; the first not, where its line has begun already."""
    lines = inert(content).expandtabs(_TAB_COLUMNS).split("\n")
    for number, line in enumerate(lines):
        before = "" if not line or (is_begun and number == 0) else indent
        text.append(f"{before}{line}\n")


def _summary(result: Result) -> Text:
    text = Text("\n" if result.tests else "")
    if result.verdict is Verdict.NOT_GRADED:
        text.append("  Not graded", style="bold yellow")
        text.append(", through no fault of the submission.\n")
        if result.breakdown is not None:
            _append_lines(text, "  ", result.breakdown.message)
        return text
    style = "bold green" if result.verdict is Verdict.ALL_POINTS else "bold red"
    text.append(f"  {result.points} of {result.max_points} points\n", style=style)
    return text
