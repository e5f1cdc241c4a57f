"""A gradebook in a PostgreSQL database: how it is opened, and what its errors mean."""

from sqlalchemy import URL, Connection, Engine, create_engine, text

from grader.errors import GraderError, UsageError
from grader.messages import cut, inert_line

CONNECT_SECONDS = 10
WAIT_SECONDS = 30
"""How long to wait for another process that is writing."""

# Any number that nothing else in the database uses for a lock.
_LOCK = 0x67726164

_NO_DRIVER = (
    "a gradebook in PostgreSQL needs the driver psycopg; install it with "
    "`pip install 'grader[postgres]'`"
)

# By the codes of https://www.postgresql.org/docs/current/errcodes-appendix.html.
_SENTENCES = {
    "42501": "the user of the gradebook {place} has not the rights that it needs: {error}",
    "53100": (
        "the disk of the gradebook {place} is full; what was stored is safe: make room, then run "
        "the same command again"
    ),
    "55P03": (
        "another process has kept the gradebook {place} locked for {seconds} s; wait until it "
        "has ended, then run the same command again"
    ),
}
_OTHER = "the gradebook {place} cannot be used: {error}"
_NO_CONNECTION = (
    "the gradebook {place} cannot be reached: {error}; check the address, user and password, and "
    "whether the server runs"
)

# Whoever writes is alone. What is told as stored has reached the server's disk, whatever the
# server's default is.
_SETTINGS = text(
    "SELECT set_config('lock_timeout', :wait, true), set_config('synchronous_commit', CASE"
    " WHEN current_setting('synchronous_commit') = 'off' THEN 'on'"
    " ELSE current_setting('synchronous_commit') END, true)"
)
_TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")


def engine_for(url: URL) -> Engine:
    """Return the engine for a database of a PostgreSQL server; nothing is connected yet.

    Raises:
        UsageError: when the driver is not installed.
    """
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args=arguments,
            pool_pre_ping=True,  # a grading may last longer than a connection
        )
    except ImportError:
        raise UsageError(_NO_DRIVER) from None


def shown(url: URL) -> str:
    """Return the URL without anything that is secret or may be: *** for a password, no options."""
    bare = url.set(drivername="postgresql", query={})
    return inert_line(bare.render_as_string(hide_password=True))


def failure(error: BaseException, place: str) -> GraderError:
    """Return the error of ours for one of the driver's; `place` is as `shown` returns it."""
    code = getattr(error, "sqlstate", None)
    sentence = _SENTENCES.get(code, _OTHER) if code else _NO_CONNECTION
    reason = inert_line(cut(" ".join(str(error).split())))
    return GraderError(sentence.format(place=place, error=reason, seconds=WAIT_SECONDS))


def require_utf8(connection: Connection, place: str) -> None:
    """Check that the database can hold any text.

    Raises:
        UsageError: when it is in another encoding than UTF-8.
    """
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UsageError(
            f"the database {place} has the encoding {encoding}; make one with UTF8 "
            "(`createdb --encoding UTF8 --template template0 NAME`)"
        )


def take_turn(connection: Connection) -> None:
    """Wait until nobody else writes; the turn ends with the transaction."""
    connection.execute(_SETTINGS, {"wait": f"{WAIT_SECONDS}s"})
    connection.execute(_TAKE_LOCK, {"lock": _LOCK})
