"""Makes the tables of a new gradebook, and brings those of an older version up to date."""

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from grader.errors import UsageError
from grader.gradebook.connection import Database
from grader.gradebook.tables import metadata

NEWEST = "0001"
"""The revision that makes the tables as `grader.gradebook.tables` has them."""

VERSION_TABLE = "gradebook_version"
"""Not alembic's usual name: another program's tables may be next to ours."""

# As alembic makes it, which goes by it and changes it.
_version = Table(
    VERSION_TABLE,
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)


def bring_up_to_date(database: Database) -> None:
    """Make the tables, or run the migrations that they have not seen, all in one transaction.

    Raises:
        UsageError: when it was made by a newer version, or holds something else.
        GraderError: when the database fails.
    """
    with database.reading() as connection:
        if revision_of(connection) == NEWEST:
            return
    with database.writing() as connection:
        revision = revision_of(connection)  # another program may have been quicker
        if revision is None:
            _make_tables(connection, database.shown)
        elif revision != NEWEST:
            _migrate(connection, revision, database.shown)


def revision_of(connection: Connection) -> str | None:
    """Return the newest migration that a database has seen, None where there was none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.scalar(select(_version.c.version_num))


def _make_tables(connection: Connection, shown: str) -> None:
    if inspect(connection).get_table_names():
        raise UsageError(
            f"{shown} is a database of something else; name a new file, or a database that is empty"
        )
    metadata.create_all(connection)
    _version.create(connection)
    connection.execute(_version.insert().values(version_num=NEWEST))


def _migrate(connection: Connection, revision: str, shown: str) -> None:
    from grader.gradebook.migrate import known_revisions, migrate  # alembic, which few need

    if revision not in known_revisions():
        raise UsageError(
            f"the gradebook {shown} was made by a newer version of grade; install that version"
        )
    migrate(connection)
