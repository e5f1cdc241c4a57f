"""A gradebook in an SQLite file: how it is opened, and what its errors mean."""

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from grader.errors import GraderError, UsageError
from grader.messages import inert_line

WAIT_SECONDS = 30.0
"""How long to wait for another process that is writing."""

WRITES = "gradebook_writes"
"""The execution option of a connection that is going to write."""

_RETRY_SECONDS = 0.02

# By the names of https://www.sqlite.org/rescode.html, the primary ones.
_SENTENCES = {
    "SQLITE_NOTADB": "{place} is no gradebook (the file is not a database); name another file",
    "SQLITE_CORRUPT": "the gradebook {place} is damaged ({error}); take your last copy of it",
    "SQLITE_READONLY": "the gradebook {place} cannot be written; may you write it and its folder?",
    "SQLITE_CANTOPEN": "the gradebook {place} cannot be opened; may you write it and its folder?",
    "SQLITE_FULL": (
        "the disk of the gradebook {place} is full; what was stored is safe: make room, then run "
        "the same command again"
    ),
    # A full disk, too, where there is no room for what processes share beside the file.
    "SQLITE_IOERR": (
        "the gradebook {place} cannot be read or written ({error}): is its disk full, or damaged? "
        "make room, then run the same command again"
    ),
    "SQLITE_BUSY": (
        "another process has kept the gradebook {place} locked for {seconds:g} s; wait until it "
        "has ended, then run the same command again"
    ),
}
_OTHER = "the gradebook {place} cannot be used: {error}"
_USAGE = ("SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_CANTOPEN")


def engine_at(path: Path) -> Engine:
    """Return the engine for the gradebook in a file, which is made if it is not there.

    Raises:
        UsageError: when there is no folder for it, or it is a folder itself.
    """
    shown = inert_line(str(path))
    if not path.parent.is_dir():
        raise UsageError(
            f"the folder of the gradebook {shown} is not there; make it, or name another"
        )
    if path.is_dir():
        raise UsageError(f"{shown} is a folder; name a file for the gradebook")
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"timeout": WAIT_SECONDS},  # SQLite's busy_timeout
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def failure(error: BaseException, place: str) -> GraderError:
    """Return the error of ours for one of SQLite's; `place` is the file's name as it is shown."""
    primary = _primary(error)
    sentence = _SENTENCES.get(primary, _OTHER)
    text = sentence.format(place=place, error=inert_line(str(error)), seconds=WAIT_SECONDS)
    return (UsageError if primary in _USAGE else GraderError)(text)


def _primary(error: BaseException) -> str:
    """Return the name of an error without what SQLITE_READONLY_DBMOVED and the like add to it."""
    name: str = getattr(error, "sqlite_errorname", "")
    return "_".join(name.split("_")[:2])


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    # The driver begins no transactions of its own, since it would do so too late for _begin.
    connection.isolation_level = None
    _use_log(connection)
    connection.execute("PRAGMA synchronous = FULL")  # else the last commits may go with the power
    connection.execute("PRAGMA foreign_keys = ON")


def _use_log(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, in which one may write while others read.

    SQLite does not always wait by itself for another process that turns it on, or closes the file,
    at the same moment. Where the file system cannot have it, SQLite goes on without.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _primary(error) != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    # Who reads first and then writes would fail, without waiting, if another had written between.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
