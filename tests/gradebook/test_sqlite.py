"""A gradebook in a file: what SQLite is told to promise, and what its errors are called."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from filed import filed, key
from sqlalchemy import Engine, event

from grader.errors import GraderError, UsageError
from grader.gradebook import Gradebook, open_gradebook, sqlite
from grader.gradebook.sqlite import failure


def pragma(connection: sqlite3.Connection, name: str) -> object:
    """Return a setting of a connection."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_what_is_committed_is_on_the_disk(tmp_path: Path) -> None:
    with open_gradebook(tmp_path / "book.db") as book, book._database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        assert pragma(driver, "journal_mode") == "wal"
        assert pragma(driver, "synchronous") == 2
        assert pragma(driver, "foreign_keys") == 1
        assert pragma(driver, "busy_timeout") == 30_000


def test_a_closed_gradebook_is_one_file(tmp_path: Path) -> None:
    with open_gradebook(tmp_path / "book.db") as book:
        book.store(filed(key()))
    assert [path.name for path in tmp_path.iterdir()] == ["book.db"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"folder of the gradebook {tmp_path}/no/book.db is not"):
        open_gradebook(tmp_path / "no/book.db")


def test_a_folder_is_no_gradebook(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        open_gradebook(tmp_path)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    content = b"id,name\nanna,Anna\n" * 1000
    file.write_bytes(content)
    with pytest.raises(UsageError, match=r"roster.csv is no gradebook \(the file is not"):
        open_gradebook(file)
    assert file.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that nobody may write")
def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(UsageError, match=r"/proc/book\.db cannot be opened; may you write"):
        open_gradebook("/proc/book.db")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "book.db"
    with open_gradebook(file) as book:
        book.store(filed(key(), files={"small.py": b"x" * 50_000}))
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(GraderError, match=r"book\.db is damaged"):
        open_gradebook(file)


def test_another_process_that_does_not_let_go_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.01)
    with open_gradebook(tmp_path / "book.db") as book:
        other = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GraderError, match=r"locked for 0\.01 s"):
            book.store(filed(key()))
        other.execute("ROLLBACK")
        assert book.store(filed(key())) is True
        other.close()


class Busy:
    """A connection on which a statement fails some times before it is run."""

    def __init__(self, name: str, times: int) -> None:
        self._name = name
        self.left = times

    def execute(self, statement: str) -> None:
        if self.left:
            self.left -= 1
            error = sqlite3.OperationalError("no")
            error.sqlite_errorname = self._name
            raise error


def test_the_log_is_turned_on_once_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_RETRY_SECONDS", 0)
    connection = Busy("SQLITE_BUSY", times=3)
    sqlite._use_log(connection)
    assert connection.left == 0
    with pytest.raises(sqlite3.OperationalError):
        sqlite._use_log(Busy("SQLITE_CANTOPEN", times=1))


@pytest.fixture
def small_disk() -> Iterator[None]:
    """A database cannot have more than a hundred pages while the test runs."""

    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count = 100")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_costs_nothing_that_was_stored(tmp_path: Path) -> None:
    stored: list[int] = []

    def fill(book: Gradebook) -> None:
        for number in range(1000):
            book.store(filed(key(number=number), files={"small.py": bytes([number]) * 20_000}))
            stored.append(number)

    with open_gradebook(tmp_path / "book.db") as book:
        with pytest.raises(GraderError, match=r"book\.db is full; what was stored is safe"):
            fill(book)
        assert stored
        # Nothing of the one that failed is there.
        history = book.history("anna", "small")
        assert [int(grade.fingerprint, 16) for grade in history] == stored
        (standing,) = book.standing()
        assert standing == history[-1]
    with open_gradebook(tmp_path / "book.db") as book:
        assert book.history("anna", "small") == history


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("SQLITE_READONLY", UsageError, "the gradebook BOOK cannot be written"),
        ("SQLITE_READONLY_DBMOVED", UsageError, "the gradebook BOOK cannot be written"),
        ("SQLITE_BUSY_SNAPSHOT", GraderError, "another process has kept the gradebook BOOK"),
        ("SQLITE_IOERR_SHMSIZE", GraderError, r"\(its \\x1b own words\): is its disk full"),
        ("SQLITE_INTERNAL", GraderError, r"BOOK cannot be used: its \\x1b own words"),
        ("", GraderError, r"BOOK cannot be used: its \\x1b own words"),
    ],
)
def test_errors_have_sentences(name: str, kind: type[GraderError], said: str) -> None:
    error = sqlite3.OperationalError("its \x1b own words")
    if name:
        error.sqlite_errorname = name
    found = failure(error, "BOOK")
    assert type(found) is kind
    with pytest.raises(kind, match=said):
        raise found
