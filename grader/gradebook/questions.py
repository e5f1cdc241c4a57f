"""What is asked of a gradebook's tables, and the records of a class that the answers make."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, select

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.gradebook.filed import Key
from grader.gradebook.rows import grade_of
from grader.gradebook.tables import grades, refusals, standing, students, submissions, topics
from grader.results import Verdict

IS_GRADED: ColumnElement[bool] = grades.c.verdict != Verdict.NOT_GRADED.value

# How many rows are in memory at a time while they are read.
_READ_AT_A_TIME = 50


def is_pair(table: Table, student: str, exercise: str) -> ColumnElement[bool]:
    """Return the condition that a row of `grades` or `standing` is theirs."""
    return and_(table.c.student == student, table.c.exercise == exercise)


def is_key(key: Key) -> ColumnElement[bool]:
    """Return the condition that a row of `grades` has this key."""
    return and_(
        is_pair(grades, key.student, key.exercise),
        grades.c.fingerprint == key.fingerprint,
        grades.c.repeat == key.repeat,
    )


def select_grades() -> Select[Any]:
    """Return the question for grades, with all that `grader.gradebook.rows.grade_of` needs.

    A grade that stands has the place of the newest hand-in, any other that with which it came.
    """
    return (
        select(
            grades.c.number,
            grades.c.student,
            grades.c.exercise,
            grades.c.fingerprint,
            grades.c.repeat,
            grades.c.result,
            grades.c.graded_at,
            grades.c.tried,
            submissions.c.files,
            func.coalesce(standing.c.is_late, grades.c.is_late).label("is_late"),
            func.coalesce(standing.c.place, grades.c.place).label("place"),
        )
        .select_from(grades)
        .join(submissions)
        .outerjoin(standing, standing.c.grade == grades.c.number)
    )


def standing_pairs(connection: Connection, exercise: str | None) -> list[tuple[str, str]]:
    """Return (student's id, exercise's id) of what stands, for all exercises or for one.

    They are in the order of the class.
    """
    pairs = select(standing.c.student, standing.c.exercise).select_from(standing)
    if exercise is not None:
        pairs = pairs.where(standing.c.exercise == exercise)
    return [(student, exercise) for student, exercise in connection.execute(_in_order(pairs))]


def class_record(
    connection: Connection, title: str, exercises: Collection[str] | None, shown: str
) -> ClassRecord:
    """Return the record of a class, or only of these exercises; `shown` is the gradebook's place.

    Raises:
        GraderError: when a grade that stands cannot be read.
    """
    chosen = [] if exercises is None else [topics.c.id.in_(exercises)]
    told = [] if exercises is None else [refusals.c.exercise.in_({*exercises, ""})]
    return ClassRecord(
        title=title,
        topics=tuple(
            Topic(row.id, row.title, row.section, row.max_points)
            for row in connection.execute(select(topics).where(*chosen).order_by(topics.c.number))
        ),
        students=tuple(
            Student(row.id, row.name, row.email, row.section, row.system_id)
            for row in connection.execute(select(students).order_by(students.c.number))
        ),
        grades=tuple(_standing(connection, chosen, shown)),
        refusals=tuple(
            Refusal(row.place, row.reason, row.student, row.exercise)
            for row in connection.execute(select(refusals).where(*told).order_by(refusals.c.number))
        ),
    )


def _standing(
    connection: Connection, chosen: Collection[ColumnElement[bool]], shown: str
) -> Iterator[Grade]:
    asked = _in_order(select_grades().where(standing.c.grade.is_not(None))).where(*chosen)
    rows = connection.execute(asked.execution_options(yield_per=_READ_AT_A_TIME))
    return (grade_of(row, shown) for row in rows)


def _in_order(asked: Select[Any]) -> Select[Any]:
    """Return a question for what stands with the answers in the order of the class."""
    return (
        asked.join(students, students.c.id == standing.c.student)
        .join(topics, topics.c.id == standing.c.exercise)
        .order_by(students.c.number, topics.c.number)
    )
