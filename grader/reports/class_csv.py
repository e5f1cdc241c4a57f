"""The report of a class as a table: a line for each student and exercise, in CSV."""

import csv
import io
from collections.abc import Iterator

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.reports.cells import inert_cell
from grader.reports.moments import utc
from grader.reports.plain import why_not_graded

COLUMNS = (
    "id",
    "name",
    "email",
    "section",
    "exercise",
    "points",
    "max_points",
    "verdict",
    "late",
    "graded_at",
    "reason",
)

_Cell = str | int


def render(record: ClassRecord) -> str:
    """Return the table, with a header; lines end with a line feed, cells are parted by commas.

    `verdict` is that of `grader.results.Verdict`, or "missing" where nothing was handed in, or
    "refused" where what was handed in could not be taken. Only what is graded has `points`, as a
    number. `late` is "yes" or "no"; `graded_at` is in UTC (ISO 8601); `reason` says why something
    is not graded. All texts are inert, as by `grader.reports.cells`.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(record))
    return stream.getvalue()


def _rows(record: ClassRecord) -> Iterator[list[_Cell]]:
    refused = {(one.student, one.exercise): one for one in record.refusals}
    for student in record.students:
        for topic in record.topics:
            pair = student.id, topic.id
            grade = record.by_pair.get(pair)
            rest = _graded(topic, grade) if grade else _ungraded(topic, refused.get(pair))
            cells = [*_who(student), topic.id, *rest]
            yield [inert_cell(one) if isinstance(one, str) else one for one in cells]


def _who(student: Student) -> tuple[str, ...]:
    return student.id, student.name, student.email, student.section


def _graded(topic: Topic, grade: Grade) -> tuple[_Cell, ...]:
    result = grade.result
    points = result.points if grade.is_graded else ""
    reason = "" if grade.is_graded else why_not_graded(result)
    late = "yes" if grade.is_late else "no"
    return (
        points,
        result.max_points or topic.max_points or "",
        result.verdict.value,
        late,
        utc(grade.graded_at),
        reason,
    )


def _ungraded(topic: Topic, refusal: Refusal | None) -> tuple[_Cell, ...]:
    verdict, reason = ("refused", refusal.reason) if refusal else ("missing", "")
    return "", topic.max_points or "", verdict, "", "", reason
