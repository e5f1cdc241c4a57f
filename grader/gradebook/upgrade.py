"""Makes the tables of a new gradebook, and brings those of an older version up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from grader.errors import UsageError
from grader.gradebook.connection import Database

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "gradebook_version"
"""Not alembic's usual name: another program's tables may be next to ours."""

CONNECTION = "connection"
"""Under this name `migrations/env.py` finds the connection."""


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that a database has not seen, all in one transaction.

    Raises:
        UsageError: when it was made by a newer version, or holds something else.
        GraderError: when the database fails.
    """
    script = ScriptDirectory(str(MIGRATIONS))
    head = script.get_current_head()
    with database.reading() as connection:
        if revision_of(connection) == head:
            return
    known = {revision.revision for revision in script.walk_revisions()}
    with database.writing() as connection:
        _check(connection, known, database.shown)
        migrate(connection)


def revision_of(connection: Connection) -> str | None:
    """Return the newest migration that a database has seen, None where there was none."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision, in the transaction that the connection is in."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes[CONNECTION] = connection
    command.upgrade(config, revision)


def _check(connection: Connection, known: set[str], shown: str) -> None:
    revision = revision_of(connection)
    if revision is not None and revision not in known:
        raise UsageError(
            f"the gradebook {shown} was made by a newer version of grade; install that version"
        )
    if revision is None and inspect(connection).get_table_names():
        raise UsageError(
            f"{shown} is a database of something else; name a new file, or a database that is empty"
        )
