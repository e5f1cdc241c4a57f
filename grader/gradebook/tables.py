"""The tables of a gradebook, and the two types of column that SQLite and PostgreSQL lack.

`migrations/` makes these tables; a test compares the two. A change here needs a new revision there.
"""

import re
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# What PostgreSQL has no place for (NUL), what UTF-8 has none for (lone surrogates), and the sign
# that begins an escape.
_ODD = re.compile(r"[\\\0\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")

HASH_CHARACTERS = 64


class AnyText(TypeDecorator[str]):
    """Any text of Python, with NUL, lone surrogates and backslashes written as \\uXXXX."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it is stored."""
        if value is None:
            return None
        return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text that was stored."""
        if value is None:
            return None
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, and PostgreSQL answers in the session's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is stored."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment that was stored."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


# Names for all constraints, since a migration can only change what has a name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# `number` stands for the order in which rows came. It is never given out again, not even that of a
# row that was deleted, which is what AUTOINCREMENT promises in SQLite.

students = Table(
    "students",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", AnyText, nullable=False, unique=True),
    Column("name", AnyText, nullable=False),
    Column("email", AnyText, nullable=False),
    Column("section", AnyText, nullable=False),
    Column("system_id", AnyText, nullable=False),
    sqlite_autoincrement=True,
)

topics = Table(
    "topics",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", AnyText, nullable=False, unique=True),
    Column("title", AnyText, nullable=False),
    Column("section", AnyText, nullable=False),
    Column("max_points", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# `files` is a JSON object of names and contents, these in base64.
submissions = Table(
    "submissions",
    metadata,
    Column("sha256", String(HASH_CHARACTERS), primary_key=True),
    Column("files", Text, nullable=False),
)

# Every grade that there ever was. `result` is the JSON text of `grader.results.to_json`; in TEXT,
# since JSONB refuses "\u0000". `is_late` and `place` are those of the hand-in that was graded;
# `tried` is the hash of other students' counterexamples that were tried on it, or "".
grades = Table(
    "grades",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("student", ForeignKey(students.c.id), nullable=False),
    Column("exercise", ForeignKey(topics.c.id), nullable=False),
    Column("fingerprint", String(HASH_CHARACTERS), nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("points", Integer, nullable=False),
    Column("max_points", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("graded_at", UtcTime, nullable=False),
    Column("submission_sha256", ForeignKey(submissions.c.sha256), nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("place", AnyText, nullable=False),
    Column("tried", String(HASH_CHARACTERS), nullable=False),
    # The fingerprint first, since it alone is looked up, too.
    UniqueConstraint("fingerprint", "student", "exercise", "repeat"),
    Index(None, "student", "exercise"),
    sqlite_autoincrement=True,
)

# The grade that counts for a student and an exercise, and how its file was handed in last.
standing = Table(
    "standing",
    metadata,
    Column("student", ForeignKey(students.c.id), primary_key=True),
    Column("exercise", ForeignKey(topics.c.id), primary_key=True),
    Column("grade", ForeignKey(grades.c.number), nullable=False, unique=True),
    Column("is_late", Boolean, nullable=False),
    Column("place", AnyText, nullable=False),
)

# Those of the newest run on each `source`, a folder or a file with submissions. Students and
# exercises are ids, "" where they cannot be told.
refusals = Table(
    "refusals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("source", AnyText, nullable=False),
    Column("place", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("student", AnyText, nullable=False),
    Column("exercise", AnyText, nullable=False),
    sqlite_autoincrement=True,
)

# Counterexamples. The text may be longer than a key of PostgreSQL, so its hash is in the key;
# `size` is its length in characters, which escapes would change.
examples = Table(
    "examples",
    metadata,
    Column("exercise", AnyText, primary_key=True),
    Column("tests_sha256", String(HASH_CHARACTERS), primary_key=True),
    Column("test", AnyText, primary_key=True),
    Column("arguments_sha256", String(HASH_CHARACTERS), primary_key=True),
    Column("arguments", AnyText, nullable=False),
    Column("size", Integer, nullable=False),
    Column("from_student", AnyText, nullable=False),
)
