"""The databases that a gradebook is tested on: an SQLite file, and a PostgreSQL server."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from grader.gradebook import Gradebook, open_gradebook

SERVER_USER = "postgres"
PASSWORD = "s3cret"

_HBA = "local all guarded scram-sha-256\nlocal all all trust\n"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of these tests alone: the folder of its socket, and a connection."""

    folder: Path
    connection: psycopg.Connection[Any]
    names: Iterator[int]

    def url(self, database: str = "postgres", user: str = SERVER_USER, **options: str) -> str:
        """Return a URL; `user` may have a password after a colon, escaped."""
        query = urlencode({"host": self.folder, **options})
        return f"postgresql://{user}@/{database}?{query}"

    def new_schema(self) -> str:
        """Make an empty schema, which takes less time than a database, and return its URL."""
        name = f"book{next(self.names)}"
        self.sql(f"CREATE SCHEMA {name}")
        return self.url(options=f"-csearch_path={name}")

    def sql(self, statement: str) -> None:
        """Run a statement in the database `postgres`."""
        self.connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that ends with the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("there are no programs of a PostgreSQL server")
    # Not in tmp_path: its owner alone may enter, and a path of a socket is short.
    folder = Path(tempfile.mkdtemp(prefix="grade-pg-"))
    options = ["-D", str(folder / "data")]
    # No network. The durability of a server of tests is not what is tested.
    settings = f"-k {folder} -c listen_addresses='' -c fsync=off"
    log = ["-l", str(folder / "log"), "-o", settings, "-w"]
    initdb = ["initdb", *options, "-U", SERVER_USER, "-E", "UTF8", "--locale=C", "-A", "trust"]
    try:
        as_user = _as_server_user(folder)
        _run_as(as_user, programs, *initdb)
        (folder / "data/pg_hba.conf").write_text(_HBA)
        _run_as(as_user, programs, "pg_ctl", *options, *log, "start")
        try:
            with psycopg.connect(host=str(folder), user=SERVER_USER, autocommit=True) as connection:
                connection.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
                yield Server(folder, connection, count())
        finally:
            # It may have ended by itself meanwhile.
            stop = (*options, "-m", "immediate", "-w", "stop")
            _run_as(as_user, programs, "pg_ctl", *stop, check=False)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Return the folder of the server's programs; Debian keeps most of them off the path."""
    places = [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    wanted = ("initdb", "pg_ctl")
    return next((p for p in places if all((p / name).exists() for name in wanted)), None)


def _as_server_user(folder: Path) -> dict[str, object]:
    """Return the arguments of `subprocess.run` for the server, which refuses to run as root."""
    if os.getuid() != 0:
        return {}
    for name in (SERVER_USER, "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("there is no user as whom a PostgreSQL server could run")


def _run_as(
    user: dict[str, object], programs: Path, program: str, *arguments: str, check: bool = True
) -> None:
    # The server keeps what it inherits open, so its output is no pipe that would be waited for.
    subprocess.run(
        [programs / program, *arguments],
        check=check,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **user,
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a gradebook that is not there yet, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "gradebook.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_schema()


@pytest.fixture
def book(where: str) -> Iterator[Gradebook]:
    """A new gradebook, open."""
    with open_gradebook(where) as opened:
        yield opened
