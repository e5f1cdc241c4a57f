"""A gradebook in PostgreSQL: what its server is told to promise, and what its errors are called."""

import sys
from pathlib import Path

import pytest
from filed import filed, key
from sqlalchemy import make_url, text

from grader.errors import GraderError, UsageError
from grader.gradebook import open_gradebook
from grader.gradebook import postgres as postgres_book
from grader.gradebook.connection import connect
from grader.gradebook.postgres import failure, shown

from .conftest import PASSWORD, Server


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres"])
def test_each_way_to_write_the_url_is_taken(postgres: Server, scheme: str) -> None:
    url = postgres.new_schema().replace("postgresql", scheme, 1)
    with open_gradebook(url) as book:
        book.store(filed(key()))
    with open_gradebook(url) as book:
        assert len(book.class_record().grades) == 1


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = f"postgresql://anna:{PASSWORD}@/book?host={tmp_path}"
    with pytest.raises(
        GraderError, match=r"postgresql://anna:.*@/book cannot be reached"
    ) as caught:
        open_gradebook(url)
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("password", ["wr0ng", "wr0ng%2F%40%3A%25"])
def test_a_wrong_password_is_said_and_never_shown(postgres: Server, password: str) -> None:
    with pytest.raises(GraderError, match="password authentication failed") as caught:
        open_gradebook(postgres.url(user=f"guarded:{password}"))
    assert "wr0ng" not in str(caught.value)


def test_a_password_in_the_options_is_not_shown(postgres: Server) -> None:
    with pytest.raises(GraderError, match="password authentication failed") as caught:
        open_gradebook(postgres.url(user="guarded", password="wr0ng"))
    assert "wr0ng" not in str(caught.value)


def test_an_option_that_there_is_not_is_said(postgres: Server) -> None:
    with pytest.raises(GraderError, match="nonsense"):
        open_gradebook(postgres.url(nonsense="1"))


def test_a_database_that_is_not_there_is_named(postgres: Server) -> None:
    with pytest.raises(GraderError, match='"nowhere" does not exist'):
        open_gradebook(postgres.url("nowhere"))


def test_a_user_without_rights_is_told(postgres: Server) -> None:
    postgres.sql("CREATE SCHEMA IF NOT EXISTS closed; GRANT USAGE ON SCHEMA closed TO guarded")
    url = postgres.url(user=f"guarded:{PASSWORD}", options="-csearch_path=closed")
    with pytest.raises(GraderError, match="has not the rights that it needs: permission denied"):
        open_gradebook(url)


def test_a_database_of_another_encoding_is_refused(postgres: Server) -> None:
    postgres.sql("CREATE DATABASE western ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(UsageError, match="western has the encoding LATIN1"):
        open_gradebook(postgres.url("western"))


@pytest.mark.parametrize(("default", "used"), [("off", "on"), ("local", "local"), ("on", "on")])
def test_what_is_committed_is_on_the_disk(postgres: Server, default: str, used: str) -> None:
    database = connect(postgres.url(options=f"-csynchronous_commit={default}"))
    with database.writing() as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == used
    database.close()


def test_another_process_that_does_not_let_go_is_named(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_book, "WAIT_SECONDS", 0.01)
    url = postgres.new_schema()
    with open_gradebook(url) as book, open_gradebook(url) as other:
        with (
            other._database.writing(),
            pytest.raises(GraderError, match=r"locked for 0\.01 s"),
        ):
            book.store(filed(key()))
        assert book.store(filed(key())) is True


def test_a_connection_that_was_lost_is_made_anew(postgres: Server) -> None:
    with open_gradebook(postgres.new_schema()) as book:
        book.store(filed(key()))
        end_connections(postgres)
        assert book.store(filed(key("bob"))) is True


def test_a_connection_that_is_lost_on_the_way_leaves_nothing(postgres: Server) -> None:
    with open_gradebook(postgres.new_schema()) as book:
        with (  # noqa: PT012
            pytest.raises(GraderError, match="the gradebook postgresql://"),
            book._database.writing() as connection,
        ):
            connection.execute(text("INSERT INTO refusals VALUES (1, '', '', '', '', '')"))
            end_connections(postgres)
            connection.execute(text("SELECT 1"))
        assert book.class_record().refusals == ()


def end_connections(server: Server) -> None:
    """End all connections to the server but the tests' own."""
    server.sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )


def test_a_missing_driver_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"pip install 'grader\[postgres\]'"):
        open_gradebook("postgresql://host/book")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://anna:pw@host:5432/book?password=pw", "postgresql://anna:***@host:5432/book"),
        ("postgres://host", "postgresql://host"),
        ("postgresql://a%1bb:pw@host/x", "postgresql://a%1Bb:***@host/x"),
    ],
)
def test_what_is_shown_of_a_url_holds_no_secret(url: str, expected: str) -> None:
    assert shown(make_url(url)) == expected


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("53100", "the disk of the gradebook BOOK is full; what was stored is safe"),
        ("XX000", r"the gradebook BOOK cannot be used: two lines, \\x1b$"),
        (None, r"the gradebook BOOK cannot be reached: two lines, \\x1b; check"),
    ],
)
def test_errors_have_sentences(code: str | None, said: str) -> None:
    error = OSError("two\n  lines, \x1b")
    error.sqlstate = code  # type: ignore[attr-defined]
    with pytest.raises(GraderError, match=said):
        raise failure(error, "BOOK")
