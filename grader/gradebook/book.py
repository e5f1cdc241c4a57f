"""The gradebook: what is known of a class, stored and asked for as the records of a class."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, delete, func, insert, select, update

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.errors import GraderError
from grader.gradebook import members, pool, questions
from grader.gradebook.connection import Database, connect
from grader.gradebook.filed import Filed, Key
from grader.gradebook.questions import IS_GRADED, is_key, is_pair, select_grades
from grader.gradebook.rows import files_to_text, grade_of, row_of
from grader.gradebook.tables import grades, refusals, standing, students, submissions, topics
from grader.gradebook.upgrade import bring_up_to_date
from grader.messages import inert_line
from grader.results import Result
from grader.submission import hash_files

# Far below the number of values that a statement may have, in either database.
_ASKED_AT_A_TIME = 500


def open_gradebook(where: str | Path) -> "Gradebook":
    """Open the gradebook in a file, or in a database by its URL; make or update its tables.

    Args:
        where: a path (an SQLite file, made if it is not there), or a URL as `sqlite:///path` or
            `postgresql://user:password@host/database`.

    Raises:
        UsageError: when that is no place for a gradebook, holds something else, or was made by a
            newer version.
        GraderError: when the database cannot be used.
    """
    database = connect(where)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Gradebook(database)


class Gradebook:
    """The students, exercises and grades of a class.

    What a method has stored is on the disk when it returns. Several processes may have one
    gradebook open. Each method raises GraderError when the database fails; then nothing of what
    it was to store is there.
    """

    def __init__(self, database: Database) -> None:
        """Use a database whose tables are up to date."""
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was stored stays."""
        self._database.close()

    def enrol(self, enrolled: Iterable[Student]) -> None:
        """Add students, and what is new of those that are known; "" replaces nothing.

        They stay in the order in which they were first enrolled.
        """
        with self._database.writing() as connection:
            members.note(connection, students, enrolled)

    def note_topics(self, noted: Iterable[Topic]) -> None:
        """Add exercises, and what is new of those that are known; "" and 0 replace nothing.

        They stay in the order in which they were first noted.
        """
        with self._database.writing() as connection:
            members.note(connection, topics, noted)

    def known(self, keys: Iterable[Key]) -> set[Key]:
        """Return those of the keys under which a grade is stored.

        What could not be graded is no grade.
        """
        wanted = set(keys)
        prints = sorted({key.fingerprint for key in wanted})
        columns = (grades.c.student, grades.c.exercise, grades.c.fingerprint, grades.c.repeat)
        found: set[Key] = set()
        with self._database.reading() as connection:
            for start in range(0, len(prints), _ASKED_AT_A_TIME):
                asked = grades.c.fingerprint.in_(prints[start : start + _ASKED_AT_A_TIME])
                rows = connection.execute(select(*columns).where(asked, IS_GRADED))
                found.update(Key(*row) for row in rows)
        return found & wanted

    def last_repeat(self, student: str, exercise: str, fingerprint: str) -> int | None:
        """Return the greatest repeat under which there is a grade, None where there is none."""
        asked = select(func.max(grades.c.repeat)).where(
            is_pair(grades, student, exercise), grades.c.fingerprint == fingerprint
        )
        with self._database.reading() as connection:
            repeat: int | None = connection.scalar(asked)
        return repeat

    def store(self, filed: Filed) -> bool:
        """Store a result, which from now on stands for its student and exercise.

        Under a key that has a grade already, nothing changes; what could not be graded is none.

        Returns:
            Whether it was stored.
        """
        key = filed.key
        sha256 = hash_files(filed.files)
        with self._database.writing() as connection:
            if connection.execute(select(grades.c.number).where(is_key(key), IS_GRADED)).first():
                return False
            members.add_missing(connection, students, Student(key.student))
            members.add_missing(connection, topics, Topic(key.exercise, key.exercise))
            _add_submission(connection, sha256, filed.files)
            _unset_standing(connection, key)
            # One that was not graded makes room; the new number keeps grades in order of time.
            connection.execute(delete(grades).where(is_key(key)))
            connection.execute(insert(grades), row_of(filed, sha256))
            number = connection.scalars(select(grades.c.number).where(is_key(key))).one()
            _set_standing(connection, key, (number, filed.is_late, filed.place))
        return True

    def stand(self, key: Key, is_late: bool, place: str) -> None:
        """Make a grade that is stored the one that stands for its student and exercise.

        `is_late` and `place` are those of the hand-in that is the same once more.

        Raises:
            GraderError: also when no grade is stored under that key.
        """
        with self._database.writing() as connection:
            number = connection.scalar(select(grades.c.number).where(is_key(key)))
            if number is None:
                raise self._no_grade(key)
            wanted = (number, is_late, place)
            if _standing_row(connection, key) != wanted:
                _unset_standing(connection, key)
                _set_standing(connection, key, wanted)

    def note_refusals(self, refused: Iterable[Refusal], source: str = "") -> None:
        """Put the refusals of a run into the place of those of the run before on that source.

        Args:
            refused: what was refused.
            source: the folder or file with submissions that was read.
        """
        rows = [{"source": source, **dataclasses.asdict(refusal)} for refusal in refused]
        with self._database.writing() as connection:
            connection.execute(delete(refusals).where(refusals.c.source == source))
            for row in rows:  # one by one, so that their numbers are in their order
                connection.execute(insert(refusals), row)

    def class_record(
        self, title: str = "", exercises: Collection[str] | None = None
    ) -> ClassRecord:
        """Return what is known of the class: its grades that stand, by student and exercise.

        Args:
            title: what the class is called.
            exercises: ids of exercises; with them, only these and what belongs to them (a refusal
                of no known exercise belongs to all).

        Raises:
            GraderError: also when a grade that stands cannot be read.
        """
        with self._database.reading() as connection:
            return questions.class_record(connection, title, exercises, self._database.shown)

    def history(self, student: str, exercise: str) -> tuple[Grade, ...]:
        """Return all grades of a student for an exercise, oldest first.

        Raises:
            GraderError: also when one of them cannot be read.
        """
        asked = select_grades().where(is_pair(grades, student, exercise))
        with self._database.reading() as connection:
            rows = connection.execute(asked.order_by(grades.c.number))
            return tuple(grade_of(row, self._database.shown) for row in rows)

    def standing(self, exercise: str | None = None) -> Iterator[Grade]:
        """Yield the grades that stand, by student and exercise, one in memory at a time.

        With `exercise`, its id, only those for it.

        What is stored meanwhile is seen, if its student and exercise had a grade at the beginning.

        Raises:
            GraderError: also when one of them cannot be read.
        """
        with self._database.reading() as connection:
            pairs = questions.standing_pairs(connection, exercise)
        for pair in pairs:
            # Each in a transaction of its own: a regrading takes hours, and writes meanwhile.
            asked = select_grades().where(is_pair(standing, *pair))
            with self._database.reading() as connection:
                grade = grade_of(connection.execute(asked).one(), self._database.shown)
            yield grade

    def result(self, key: Key) -> Result:
        """Return the result that is stored under a key.

        Raises:
            GraderError: also when there is none, or it cannot be read.
        """
        with self._database.reading() as connection:
            row = connection.execute(select_grades().where(is_key(key))).first()
            if row is None:
                raise self._no_grade(key)
            return grade_of(row, self._database.shown).result

    def mark_tried(self, key: Key, tried: str) -> None:
        """Note that other students' counterexamples were tried on a grade, and changed nothing.

        `tried` is the hash of them all.
        """
        with self._database.writing() as connection:
            connection.execute(update(grades).where(is_key(key)).values(tried=tried))

    def add_example(
        self, exercise: str, tests_sha256: str, test: str, arguments: str, from_student: str
    ) -> bool:
        """Add a counterexample to the pool; return whether it was new.

        Args:
            exercise: the exercise's id.
            tests_sha256: the hash of its hidden tests.
            test: the name of the hidden test.
            arguments: what it was called with, as a JSON text.
            from_student: the id of whose submission failed on it.
        """
        with self._database.writing() as connection:
            return pool.add(connection, exercise, tests_sha256, test, arguments, from_student)

    def examples(self, exercise: str, tests_sha256: str) -> Mapping[str, tuple[str, ...]]:
        """Return the smallest counterexamples of each test, by the tests' names."""
        with self._database.reading() as connection:
            return pool.smallest(connection, exercise, tests_sha256)

    def _no_grade(self, key: Key) -> GraderError:
        whose = inert_line(f"{key.student}, {key.exercise}")
        return GraderError(
            f"the gradebook {self._database.shown} has no such grade of {whose} (any more); run "
            "the same command again"
        )


def _add_submission(connection: Connection, sha256: str, files: Mapping[str, bytes]) -> None:
    is_it = submissions.c.sha256 == sha256
    if connection.execute(select(submissions.c.sha256).where(is_it)).first() is None:
        connection.execute(insert(submissions), {"sha256": sha256, "files": files_to_text(files)})


_Standing = tuple[int, bool, str]
"""The number of the grade, and whether and where the submission was handed in (late)."""


def _standing_row(connection: Connection, key: Key) -> _Standing | None:
    columns = (standing.c.grade, standing.c.is_late, standing.c.place)
    row = connection.execute(
        select(*columns).where(is_pair(standing, key.student, key.exercise))
    ).first()
    return None if row is None else (row.grade, row.is_late, row.place)


def _unset_standing(connection: Connection, key: Key) -> None:
    connection.execute(delete(standing).where(is_pair(standing, key.student, key.exercise)))


def _set_standing(connection: Connection, key: Key, row: _Standing) -> None:
    values = dict(zip(("grade", "is_late", "place"), row, strict=True))
    connection.execute(
        insert(standing), {"student": key.student, "exercise": key.exercise} | values
    )
