"""Says what became of a test or a submission as plain text, for systems that show only that."""

from collections.abc import Iterator

from grader.messages import inert
from grader.outcomes import Outcome
from grader.reports.text import details
from grader.results import Result, TestRecord

NOT_GRADED = "Not graded, through no fault of the submission."


def explain(test: TestRecord) -> str:
    """Return what a student is told of a test besides its title and points, "" for nothing.

    It is inert: no control character is in it but the line breaks.
    """
    if test.outcome is Outcome.PASSED:
        return ""
    return "\n".join(_paragraphs(test))


def why_not_graded(result: Result) -> str:
    """Return the sentences for a submission that could not be graded."""
    reason = result.breakdown.message if result.breakdown else ""
    return f"{NOT_GRADED}\n{_lines(reason)}".rstrip()


def _paragraphs(test: TestRecord) -> Iterator[str]:
    if test.message:
        yield _lines(test.message)
    for label, content in details(test):
        lines = _lines(content)
        yield f"{label}:\n{_indented(lines)}" if "\n" in lines else f"{label}: {lines}"


def _lines(text: str) -> str:
    return inert(text).expandtabs(4)


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in lines.split("\n"))
