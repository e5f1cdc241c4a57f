"""The report of a class as a page: scores, who has what, where most fail, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.classroom import ClassRecord, Student, Topic
from grader.messages import inert_line
from grader.reports import student_html
from grader.reports.class_figures import (
    Line,
    State,
    figures_of,
    lines_of,
    scores_of,
    unjudged_of,
)
from grader.reports.feedback import Feedback
from grader.reports.names import safe_name
from grader.reports.page import render_page

INDEX = "index.html"


@dataclass(frozen=True)
class _Missing:
    """A student who has not handed in everything."""

    student: Student
    topics: tuple[Topic, ...]
    is_all: bool


def pages(record: ClassRecord, feedback: Feedback = Feedback.FULL) -> Iterator[tuple[str, str]]:
    """Yield each page of a class as (relative name, HTML5): the class, then each student.

    A page is made when it is asked for, so that only one has to be in memory. `feedback` is how
    much students are told on theirs.
    """
    yield INDEX, render(record)
    for student in record.students:
        yield page_name(student), student_html.render(record, student, feedback)


def page_name(student: Student) -> str:
    """Return where a student's page is, seen from that of the class."""
    return f"students/{safe_name(student.id)}.html"


def render(record: ClassRecord) -> str:
    """Return the page of a class, for its teacher, in HTML5."""
    lines = lines_of(record)
    return render_page(
        "class.html.j2",
        title=inert_line(record.title).strip() or "Class",
        record=record,
        lines=lines,
        scores=scores_of(lines),
        figures=tuple(figures_of(record, lines)),
        missing=tuple(_missing(lines)),
        unjudged=tuple(unjudged_of(record)),
        states=State,
        page_name=page_name,
        called=student_html.called,
        numbers={topic.id: number for number, topic in enumerate(record.topics, 1)},
    )


def _missing(lines: tuple[Line, ...]) -> Iterator[_Missing]:
    for line in lines:
        topics = tuple(cell.topic for cell in line.cells if cell.state is State.MISSING)
        if topics:
            yield _Missing(line.student, topics, len(topics) == len(line.cells))
