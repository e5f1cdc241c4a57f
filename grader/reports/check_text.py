"""The report of a check for a terminal: what an author of exercises reads after `grade check`."""

import textwrap

from rich.text import Text

from grader.findings import Check, Finding, Kind
from grader.messages import inert, inert_line

_PROSE_COLUMNS = 92
_INDENT = "    "
_DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan", "#": "dim"}


def render(check: Check) -> Text:
    """Return the report of one exercise's check."""
    text = Text()
    mark, style = ("✗", "red") if check.faults else ("✓", "green")
    text.append(f"{mark} ", style=style)
    text.append(inert_line(check.exercise), style="bold")
    text.append(f"  {inert_line(check.title)}\n")
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
    parts = [f"{kinds.count(Kind.WRONG_SOLUTION)} wrong solutions"]
    if check.strength is not None:
        parts.append(f"strength {check.strength:.2f} ({check.caught} of {check.mutants} mutants)")
    if Kind.EQUIVALENT in kinds:
        parts.append(f"{kinds.count(Kind.EQUIVALENT)} equivalent")
    parts.append(f"slowest test {check.slowest_seconds:.1f} s")
    return ", ".join(parts)


def _append(text: Text, finding: Finding) -> None:
    style = "yellow" if finding.code.is_note else "bold red"
    text.append(f"  {finding.code}", style=style)
    text.append(f"  {inert_line(finding.place)}\n")
    text.append(f"{_prose(finding.message)}\n")
    for line in finding.details:
        shown = inert_line(line)
        text.append(f"{_INDENT}  {shown}".rstrip() + "\n", style=_DIFF_STYLES.get(shown[:1], ""))
    text.append(f"{_prose('→ ' + finding.remedy)}\n", style="dim")


def _prose(sentence: str) -> str:
    lines = inert(sentence).splitlines()
    options = {"initial_indent": _INDENT, "subsequent_indent": _INDENT}
    return "\n".join(textwrap.fill(line, _PROSE_COLUMNS, **options) for line in lines)  # type: ignore[arg-type]
