"""The report of one student as a page: what became of each test, and their code beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.classroom import ClassRecord, Grade, Refusal, Student
from grader.messages import inert_line
from grader.reports.class_figures import Cell, line_of
from grader.reports.feedback import Feedback, redact
from grader.reports.moments import utc
from grader.reports.page import render_page
from grader.reports.source import Source, show_source
from grader.reports.text import common_message, details, mark_of, points_of
from grader.results import Frame, Result


@dataclass(frozen=True)
class _Section:
    """What is shown of one exercise; `result` is what the student is told.

    `grade` and `result` are None where nothing was graded. `common` is what is said once, because
    it holds for every test.
    """

    cell: Cell
    grade: Grade | None
    result: Result | None
    common: str
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...]

    @property
    def graded_at(self) -> str:
        """When it was graded, such as "2026-06-01 14:32 UTC", or ""."""
        return f"{utc(self.grade.graded_at)[:16].replace('T', ' ')} UTC" if self.grade else ""

    def place_of(self, frame: Frame) -> str:
        """Return the id of the line that a frame is about, or "" when the page does not have it."""
        for source in self.sources:
            if source.name == inert_line(frame.file) and 0 < frame.line <= source.lines:
                return f"{source.anchor}-{frame.line}"
        return ""


def render(record: ClassRecord, student: Student, feedback: Feedback = Feedback.FULL) -> str:
    """Return the page of one student of a class, in HTML5; nobody else is named in it.

    `feedback` is how much the student is told.
    """
    line = line_of(record, student)
    return render_page(
        "student.html.j2",
        title=inert_line(record.title).strip(),
        name=called(student),
        line=line,
        sections=tuple(_sections(record, student, line.cells, feedback)),
        refusals=_refusals(record, student, exercises={"", *_others(record)}),
        details=details,
        mark_of=mark_of,
        points_of=points_of,
    )


def called(student: Student) -> str:
    """Return what a student is called on a page: name, else id, in one line, and never ""."""
    names = (inert_line(name).strip() for name in (student.name, student.id))
    return next(filter(None, names), "(no name)")


def _sections(
    record: ClassRecord, student: Student, cells: tuple[Cell, ...], feedback: Feedback
) -> Iterator[_Section]:
    for number, cell in enumerate(cells, 1):
        grade = record.by_pair.get((student.id, cell.topic.id))
        result = redact(grade.result, feedback) if grade else None
        yield _Section(
            cell=cell,
            grade=grade,
            result=result,
            common=common_message(result) if result else "",
            sources=tuple(_sources(grade, f"code-{number}")) if grade else (),
            refusals=_refusals(record, student, exercises={cell.topic.id}),
        )


def _sources(grade: Grade, anchor: str) -> Iterator[Source]:
    for number, (name, content) in enumerate(sorted(grade.files.items()), 1):
        yield show_source(name, content, f"{anchor}-{number}")


def _refusals(record: ClassRecord, student: Student, exercises: set[str]) -> tuple[Refusal, ...]:
    return tuple(
        refusal
        for refusal in record.refusals
        if refusal.student == student.id and refusal.exercise in exercises
    )


def _others(record: ClassRecord) -> set[str]:
    """Return the exercises of refusals that are none of the class's."""
    return {one.exercise for one in record.refusals} - {topic.id for topic in record.topics}
