"""The migrations: they make the tables that the code knows, from whatever revision."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filed import BEGINNING, WRONG, filed, key
from sqlalchemy import text

from grader.errors import UsageError
from grader.gradebook import open_gradebook
from grader.gradebook.connection import Database, connect
from grader.gradebook.migrate import MIGRATIONS, migrate
from grader.gradebook.tables import metadata
from grader.gradebook.upgrade import NEWEST, VERSION_TABLE, revision_of
from grader.results import Result

FIRST = "0001"
# Rows as the first revision had them: a student, a topic, a submission, a grade that stands.
FIRST_ROWS = Path(__file__).parent / "first_rows.sql"


@pytest.fixture
def migrated(where: str) -> Iterator[Database]:
    """An empty gradebook as the migrations make it."""
    database = connect(where)
    with database.writing() as connection:
        migrate(connection)
    yield database
    database.close()


def test_the_migrations_make_the_tables_that_the_code_knows(migrated: Database) -> None:
    with migrated.reading() as connection:
        assert revision_of(connection) == NEWEST
        options = {
            "version_table": VERSION_TABLE,
            "compare_type": True,
            "compare_server_default": True,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def definitions(file: Path) -> list[str]:
    """Return how the tables of an SQLite file are defined: their parts, whatever the order."""
    rows = sqlite3.connect(file).execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")
    return sorted(
        " CONSTRAINT ".join(sorted(part.strip(" ,)\n\t") for part in text.split("CONSTRAINT")))
        for (text,) in rows
    )


def test_what_is_made_at_once_is_what_the_migrations_make(tmp_path: Path) -> None:
    with open_gradebook(tmp_path / "book.db"):
        pass
    database = connect(tmp_path / "migrated.db")
    with database.writing() as connection:
        migrate(connection)
    database.close()
    assert definitions(tmp_path / "book.db") == definitions(tmp_path / "migrated.db")


def test_sqlite_gives_no_number_twice(tmp_path: Path) -> None:
    # Alembic does not compare this.
    with open_gradebook(tmp_path / "book.db"):
        rows = sqlite3.connect(tmp_path / "book.db").execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name"
        )
        numbered = [name for name, table in sorted(metadata.tables.items()) if "number" in table.c]
        assert [name for (name,) in rows] == numbered


def as_then(result: Result) -> Result:
    """Return a result as it was when every test had ten seconds."""
    limits = replace(result.evidence.limits, test_seconds=10.0)
    return replace(result, evidence=replace(result.evidence, limits=limits))


def test_a_gradebook_of_the_first_revision_opens(where: str) -> None:
    database = connect(where)
    with database.writing() as connection:
        migrate(connection, FIRST)
        assert revision_of(connection) == FIRST
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL timezone TO 'UTC'"))
        for statement in FIRST_ROWS.read_text(encoding="utf-8").splitlines():
            connection.exec_driver_sql(statement)
    database.close()
    with open_gradebook(where) as book:
        (grade,) = book.class_record().grades
        assert (grade.student, grade.exercise, grade.result) == ("anna", "small", as_then(WRONG))
        assert (grade.graded_at, grade.files) == (BEGINNING, {"small.py": b"pass\n"})
        assert book.store(filed(key("bob"))) is True


def test_the_revisions_stand_in_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_bases() == [FIRST]
    assert script.get_heads() == [NEWEST]


def test_opening_again_changes_nothing(where: str) -> None:
    with open_gradebook(where) as book:
        book.store(filed(key()))
        before = book.class_record()
    with open_gradebook(where) as book:
        assert book.class_record() == before


def test_a_gradebook_of_a_newer_version_is_refused_and_left_alone(where: str) -> None:
    with open_gradebook(where) as book:
        book.store(filed(key()))
        with book._database.writing() as connection:
            connection.execute(text("UPDATE gradebook_version SET version_num = '9999'"))
    with pytest.raises(UsageError, match="was made by a newer version of grade"):
        open_gradebook(where)
    database = connect(where)
    with database.reading() as connection:
        assert revision_of(connection) == "9999"
        assert connection.scalar(text("SELECT count(*) FROM grades")) == 1
    database.close()


def test_a_database_of_something_else_is_refused_and_left_alone(where: str) -> None:
    database = connect(where)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE students (name TEXT)"))
    with pytest.raises(UsageError, match="is a database of something else"):
        open_gradebook(where)
    with database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM students")) == 0
        assert revision_of(connection) is None
    database.close()


def test_a_folder_with_a_percent_sign_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What alembic reads of its settings goes through configparser, to which it is special.
    folder = tmp_path / "50%(here)s"
    folder.symlink_to(MIGRATIONS)
    monkeypatch.setattr("grader.gradebook.migrate.MIGRATIONS", folder)
    database = connect(tmp_path / "book.db")
    with database.writing() as connection:
        migrate(connection)
    database.close()
    with open_gradebook(tmp_path / "book.db") as book:
        assert book.store(filed(key())) is True
