"""Forgers: sandboxes that answer every scenario in some fixed way, whatever the submission does.

A test that a forger passes judges in its scenario instead of observing: `return x == 3` can be
forged, `return x` cannot.
"""

import builtins
import platform
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.inside import wire
from grader.inside.pipe import MAX_REQUEST_BYTES
from grader.sandbox.base import Connection, ConnectionLost, Order, Room, Sandbox, SandboxError

PREVIOUS_ANSWER = "previous answer"

_OVERHEAD_BYTES = 64 * 1024
_READ_BYTES = 65536

Forge = Callable[[list[Any]], list[Any]]
"""Takes the arguments of a call; returns the worker's message for it, without the call's number."""

Opener = Callable[[Order, Sandbox | None], Connection]
"""Opens a forger's room; the sandbox is the one in which the submission runs, if it does."""


class Forger:
    """The sandbox of one of the FORGERS.

    `inside` is the sandbox that PREVIOUS_ANSWER runs the submission in; the others take none.
    """

    def __init__(self, which: str, inside: Sandbox | None = None) -> None:
        """Be the forger named `which`; raises SandboxError where there is none of that name."""
        if which not in FORGERS:
            raise SandboxError(f"there is no forger {which!r}; there are {', '.join(FORGERS)}")
        self.name = f"forger {which}"
        self._open = FORGERS[which]
        self._inside = inside

    def open(self, order: Order) -> Connection:
        """Open a forged room; raises SandboxError where the sandbox inside does not open."""
        return self._open(order, self._inside)

    def image(self) -> tuple[str, str]:
        """Return the image of the sandbox inside; two empty texts where there is none."""
        return self._inside.image() if self._inside is not None else ("", "")


class ForgedConnection:
    """Speaks as a worker whose submission loads, and answers its calls by a function."""

    def __init__(self, forge: Forge) -> None:
        self.room = Room("", (), alone=False)
        self._forge = forge
        self._requests = _Stream()
        self._worker_is_delivered = False
        self._max_reply_bytes = MAX_REQUEST_BYTES
        self._replies = bytearray()

    def send(self, data: bytes, deadline: float) -> None:
        """Take any part of the requests, and reply to those that are complete."""
        for payload in self._requests.feed(data):
            if self._worker_is_delivered:
                self._replies += self._reply(wire.decode(payload))
            self._worker_is_delivered = True

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises ConnectionLost when there is nothing to reply to."""
        if not self._replies:
            raise ConnectionLost
        return _take(self._replies, count)

    def complaint(self) -> str:
        """Return "": nothing is written to standard error."""
        return ""

    def ran_out_of_memory(self) -> bool:
        """Return False: nothing runs."""
        return False

    def outage(self) -> str:
        """Return "": nothing fails."""
        return ""

    def close(self) -> None:
        """Do nothing: there is no room to remove."""

    def _reply(self, request: list[Any]) -> bytes:
        match request:
            case ["setup", setup]:
                bounds = setup["answer_bytes"], setup["output_bytes"]
                self._max_reply_bytes = sum(bounds) + _OVERHEAD_BYTES
                return self._frame(["ready", platform.python_version()])
            case ["test"]:
                return self._frame(["loaded"])
            case ["call", call, _, arguments, _, _]:
                kind, *rest = self._forge(arguments)
                return self._answer([kind, call, *rest])
            case ["calls", first, questions]:
                calls = (["call", *call] for call in self._numbered(first, questions))
                return b"".join(map(self._reply, calls))
            case ["done"]:
                return self._frame(["ended", 0, True])
        return b""

    def _numbered(self, first: int, questions: list[Any]) -> Iterator[list[Any]]:
        return ([number, *question] for number, question in enumerate(questions, first))

    def _answer(self, reply: list[Any]) -> bytes:
        try:
            return self._frame(reply)
        except wire.WireError as error:  # arguments may be larger than an answer
            return self._frame(["unsendable", reply[1], str(error)])

    def _frame(self, reply: list[Any]) -> bytes:
        return wire.encode_frame(reply, self._max_reply_bytes)


class LateConnection:
    """Passes everything on to a real connection and back, but each answer one call too late.

    The first call of a test is answered with None. An exception counts as an answer, so it is
    late, too.
    """

    def __init__(self, connection: Connection) -> None:
        self.room = connection.room
        self._connection = connection
        self._honest = _Stream()
        self._previous = _answer(None)
        self._replies = bytearray()

    def send(self, data: bytes, deadline: float) -> None:
        """Pass `data` on; raises what the real connection does."""
        self._connection.send(data, deadline)

    def receive(self, count: int, deadline: float) -> bytes:
        """Return 1 to `count` bytes; raises what the real connection does.

        Raises ConnectionLost, too, when the worker sends what is no message.
        """
        while not self._replies:
            data = self._connection.receive(_READ_BYTES, deadline)
            try:
                for payload in self._honest.feed(data):
                    self._replies += self._delay(wire.decode(payload))
            except wire.WireError:
                raise ConnectionLost from None
        return _take(self._replies, count)

    def complaint(self) -> str:
        """Return what the real connection's worker has written to standard error."""
        return self._connection.complaint()

    def ran_out_of_memory(self) -> bool:
        """Tell whether the real room reports so."""
        return self._connection.ran_out_of_memory()

    def outage(self) -> str:
        """Return why the real sandbox failed, or ""."""
        return self._connection.outage()

    def close(self) -> None:
        """Close the real connection."""
        self._connection.close()

    def _delay(self, message: Any) -> bytes:
        match message:
            case ["loaded"]:
                self._previous = _answer(None)
            case ["answer" | "raised" as kind, call, *rest]:
                earlier_kind, *earlier_rest = self._previous
                self._previous = [kind, *rest]
                message = [earlier_kind, call, *earlier_rest]
        return wire.encode_frame(message, MAX_REQUEST_BYTES)


class _Stream:
    """Takes bytes as they come and gives the content of each frame that is complete."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take `data` and yield contents; raises WireError for a frame beyond all bounds."""
        self._bytes += data
        while len(self._bytes) >= wire.LENGTH_BYTES:
            size = int.from_bytes(self._bytes[: wire.LENGTH_BYTES], "big")
            if size > MAX_REQUEST_BYTES:
                raise wire.WireError(f"a frame that says it has {size} bytes")
            end = wire.LENGTH_BYTES + size
            if len(self._bytes) < end:
                return
            payload = bytes(self._bytes[wire.LENGTH_BYTES : end])
            del self._bytes[:end]
            yield payload


def _take(replies: bytearray, count: int) -> bytes:
    taken = bytes(replies[:count])
    del replies[:count]
    return taken


def _answer(value: Any) -> list[Any]:
    return ["answer", value, "", ""]


def _always(value: Any) -> Opener:
    return _forging(lambda arguments: _answer(value))


def _forging(forge: Forge) -> Opener:
    return lambda order, inside: ForgedConnection(forge)


def _open_late(order: Order, inside: Sandbox | None) -> Connection:
    if inside is None:
        raise SandboxError(f"the forger {PREVIOUS_ANSWER!r} needs a sandbox; name one for it")
    return LateConnection(inside.open(order))


def _any_exception() -> list[Any]:
    """Return a message of an exception that is of every builtin class at once.

    But no MemoryError: to the judge that is an outcome of its own. Warnings come last and broad
    classes first, since the judge reads only so many names.
    """
    exceptions = {
        value
        for value in vars(builtins).values()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    ordered = sorted(
        exceptions - {MemoryError},
        key=lambda one: (issubclass(one, Warning), len(one.__mro__), one.__name__),
    )
    bases = [f"builtins.{exception.__qualname__}" for exception in ordered]
    failure = {"type": "ValueError", "bases": bases, "message": "", "frames": [], "missing": ""}
    return ["raised", failure]


FORGERS: Mapping[str, Opener] = {
    "True": _always(True),
    "False": _always(False),
    "None": _always(None),
    "0": _always(0),
    "1": _always(1),
    "empty text": _always(""),
    "empty list": _always([]),
    "opaque value": _always(wire.Opaque("object", "<object object>")),
    "first argument": _forging(lambda arguments: _answer(arguments[0] if arguments else None)),
    "arguments": _forging(lambda arguments: _answer(tuple(arguments))),
    "exception": _forging(lambda arguments: _any_exception()),
    PREVIOUS_ANSWER: _open_late,
}
"""How each forger opens a room, by its name."""
