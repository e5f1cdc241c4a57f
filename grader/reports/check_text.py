"""The report of a check for a terminal: what an author of exercises reads after `grade check`."""

import textwrap

from rich.text import Text

from grader.findings import Check, Finding, Kind
from grader.messages import inert, inert_line
from grader.reports.diff import Part, part_of

_COLUMNS = 79
_INDENT = " " * 4
_DETAIL_INDENT = " " * 6
_ARROW = "→ "
_STYLES = {
    Part.FILE: "dim",
    Part.HUNK: "cyan",
    Part.REMOVED: "red",
    Part.ADDED: "green",
    Part.NOTE: "dim",
    Part.OTHER: "",
}


def render(check: Check) -> Text:
    """Return the report of one exercise's check; everything that is an author's text is inert."""
    text = Text()
    mark, style = ("✗", "red") if check.faults else ("✓", "green")
    text.append(f"{mark} ", style=style)
    text.append(inert_line(check.exercise), style="bold")
    text.append(f"  {inert_line(check.title)}\n")
    if check.matrix.columns:
        text.append(f"  {_summary(check)}\n", style="dim")
    for finding in check.findings:
        text.append("\n")
        _append(text, finding)
    if check.findings:
        text.append("\n")
    return text


def _summary(check: Check) -> str:
    """Return in one line what was measured."""
    kinds = [row.kind for row in check.matrix.rows]
    wrong, equivalent = kinds.count(Kind.WRONG_SOLUTION), kinds.count(Kind.EQUIVALENT)
    parts = [f"{wrong} wrong solution{'' if wrong == 1 else 's'}"]
    if check.strength is not None:
        parts.append(f"strength {check.strength_text} ({check.caught} of {check.mutants} mutants)")
    if equivalent:
        parts.append(f"{equivalent} equivalent")
    parts.append(f"slowest test {check.slowest_seconds:.1f} s")
    return ", ".join(parts)


def _append(text: Text, finding: Finding) -> None:
    text.append(f"  {finding.code}", style="yellow" if finding.code.is_note else "bold red")
    text.append(f"  {inert_line(finding.place)}".rstrip() + "\n")
    text.append(_prose(finding.message))
    for line in finding.details:
        shown = f"{_DETAIL_INDENT}{inert_line(line)}".rstrip()
        text.append(f"{shown}\n", style=_STYLES[part_of(line)])
    text.append(_prose(finding.remedy, _ARROW), style="dim")


def _prose(sentence: str, begin: str = "") -> str:
    """Return prose behind `begin`, wrapped; paths and names are left whole, to be copied.

    So are lines that begin with a blank, which are code: a caret stands below its character.
    """
    wrapper = textwrap.TextWrapper(
        width=_COLUMNS,
        initial_indent=_INDENT + begin,
        subsequent_indent=_INDENT + " " * len(begin),
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = []
    for line in inert(sentence).expandtabs().splitlines():
        is_code = line.startswith(" ")
        lines += [wrapper.subsequent_indent + line] if is_code else wrapper.wrap(line) or [""]
        wrapper.initial_indent = wrapper.subsequent_indent
    return "".join(f"{line}\n" for line in lines)
