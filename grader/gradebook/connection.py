"""The connection to a gradebook's database: where it is, transactions, and what errors mean."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from grader.errors import GraderError, UsageError
from grader.gradebook import postgres, sqlite
from grader.messages import inert_line

_IS_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_POSTGRES = ("postgresql", "postgresql+psycopg", "postgres")
_KNOWN = "name a file, or a URL such as postgresql://user@host/database"


@dataclass(frozen=True)
class Database:
    """A gradebook's database. Whoever writes is alone, and waits for whoever writes already.

    `shown` is its place as it may be shown: it holds no password.
    """

    engine: Engine
    shown: str
    failure: Callable[[BaseException, str], GraderError]

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file; else it is a PostgreSQL server's."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees everything as it is at one moment.

        Raises:
            GraderError: when the database fails.
        """
        with self._errors(), self.engine.connect() as connection:
            if not self.is_sqlite:  # there it is so without being asked for
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all there, and durable, after the block, or none.

        Raises:
            GraderError: when the database fails; then nothing has changed.
        """
        with self._errors(), self.engine.connect() as connection:
            connection = connection.execution_options(**{sqlite.WRITES: True})
            with connection.begin():
                if not self.is_sqlite:  # there the beginning is the waiting
                    postgres.take_turn(connection)
                yield connection

    def close(self) -> None:
        """Close all connections."""
        with self._errors():
            self.engine.dispose()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            # Not the text of SQLAlchemy's error: that one shows the statement and its values.
            raise self.failure(error.orig or error, self.shown) from None


def connect(where: str | Path) -> Database:
    """Return the database at a path, or at a URL.

    Raises:
        UsageError: when it is neither, or its driver is not there.
        GraderError: when it cannot be used.
    """
    if isinstance(where, Path) or not _IS_URL.match(where):
        return _in_file(Path(where))
    url = _parsed(where)
    if url.drivername == "sqlite":
        return _in_file(_path_of(url))
    if url.drivername not in _POSTGRES:
        kind = inert_line(url.drivername)
        raise UsageError(f"a gradebook cannot be kept in {kind}; {_KNOWN}")
    database = Database(postgres.engine_for(url), postgres.shown(url), postgres.failure)
    with database.reading() as connection:
        postgres.require_utf8(connection, database.shown)
    return database


def _in_file(path: Path) -> Database:
    return Database(sqlite.engine_at(path), inert_line(str(path)), sqlite.failure)


def _path_of(url: URL) -> Path:
    if url.query or url.host or not url.database:
        raise UsageError("a URL of an SQLite file is sqlite:/// and a path; name the file")
    return Path(url.database)


def _parsed(where: str) -> URL:
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise UsageError(f"the URL of the gradebook cannot be read; {_KNOWN}") from None
    # What stands there would be taken for the host's name, and shown.
    if "@" in (url.host or ""):
        raise UsageError("the URL of the gradebook has two @; write %40 for one in a password")
    if "\0" in "".join(filter(None, (url.username, url.password, url.host, url.database))):
        raise UsageError(f"the URL of the gradebook has a NUL; {_KNOWN}")
    return url
