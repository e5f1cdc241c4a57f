"""Reads the worker's messages: plain data in, one of a few records out, or WireError.

Whatever comes from the sandbox passes through here before anything else looks at it. The messages
are described in `grader.inside.worker`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.inside.wire import WireError
from grader.results import Frame

_MAX_FRAMES = 10
_MAX_BASES = 50
_MAX_TEXT_CHARACTERS = 2_000
_MAX_STATUS = 255


@dataclass(frozen=True)
class Failure:
    """An exception of the submission's; `missing` is a name that it does not have, or ""."""

    type_name: str
    bases: tuple[str, ...]
    message: str
    frames: tuple[Frame, ...]
    missing: str = ""
    line: int = 0
    column: int = 0
    code: str = ""


@dataclass(frozen=True)
class Ready:
    """The worker is up; `detail` is its version of Python."""

    python: str


@dataclass(frozen=True)
class Broken:
    """The worker could not set itself up."""

    reason: str


@dataclass(frozen=True)
class Loaded:
    """The submission has been imported."""


@dataclass(frozen=True)
class Unloadable:
    """Importing the submission raised."""

    failure: Failure


@dataclass(frozen=True)
class Answer:
    """The value that a scenario returned, and what was printed meanwhile."""

    call: int
    value: Any
    out: str
    err: str


@dataclass(frozen=True)
class RaisedReply:
    """A scenario raised."""

    call: int
    failure: Failure


@dataclass(frozen=True)
class Unsendable:
    """The answer breaks a bound of the wire."""

    call: int
    reason: str


@dataclass(frozen=True)
class Flooded:
    """Too much was printed."""

    call: int


@dataclass(frozen=True)
class ChildEnded:
    """The test's process has ended; `clean` says whether the room can be used again."""

    status: int
    clean: bool


Reply = (
    Ready | Broken | Loaded | Unloadable | Answer | RaisedReply | Unsendable | Flooded | ChildEnded
)


def parse_reply(message: Any) -> Reply:
    """Return the record for a worker's message.

    Raises:
        WireError: for anything that is not exactly one of the messages.
    """
    if type(message) is not list or not message or type(message[0]) is not str:
        raise WireError("a message is a list that begins with its name")
    name, *rest = message
    reader = _READERS.get(name)
    if reader is None:
        raise WireError(f"unknown message {name[:20]!r}")
    kinds, build = reader
    if len(rest) != len(kinds):
        raise WireError(f"a message {name!r} with {len(rest)} parts, not {len(kinds)}")
    for part, kind in zip(rest, kinds, strict=True):
        if kind is not object and type(part) is not kind:
            raise WireError(f"a message {name!r} with a part of the wrong type")
    return build(*rest)


def _parse_failure(data: dict[Any, Any]) -> Failure:
    return Failure(
        type_name=_text(data, "type"),
        bases=tuple(_texts(data.get("bases"), _MAX_BASES)),
        message=_text(data, "message"),
        frames=tuple(map(_parse_frame, _list(data.get("frames"), _MAX_FRAMES))),
        missing=_text(data, "missing"),
        line=_number(data.get("line", 0)),
        column=_number(data.get("column", 0)),
        code=_text(data, "code"),
    )


def _parse_frame(item: Any) -> Frame:
    if type(item) is not list or [type(part) for part in item] != [str, int, str, str]:
        raise WireError("a frame is a file, a line, a function and a text")
    file, line, function, code = item
    # A result counts lines from 1; Python has a line 0 for what stands in no line.
    return Frame(file[:200], max(1, _number(line)), function[:200], code[:_MAX_TEXT_CHARACTERS])


def _text(data: dict[Any, Any], key: str) -> str:
    value = data.get(key, "")
    if type(value) is not str:
        raise WireError(f"a failure whose {key} is no text")
    return value[:_MAX_TEXT_CHARACTERS]


def _texts(value: Any, most: int) -> list[str]:
    items = _list(value, most)
    if not all(type(item) is str for item in items):
        raise WireError("a failure whose bases are no texts")
    return [item[:_MAX_TEXT_CHARACTERS] for item in items]


def _list(value: Any, most: int) -> list[Any]:
    if type(value) is not list:
        raise WireError("a failure without its lists")
    return value[:most]


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise WireError("a failure with an impossible number")
    return value


def _status(value: int) -> int:
    if not -_MAX_STATUS <= value <= _MAX_STATUS:
        raise WireError("an impossible exit status")
    return value


_READERS: dict[str, tuple[tuple[type, ...], Callable[..., Reply]]] = {
    "ready": ((str,), lambda python: Ready(python[:_MAX_TEXT_CHARACTERS])),
    "broken": ((str,), lambda reason: Broken(reason[:_MAX_TEXT_CHARACTERS])),
    "loaded": ((), Loaded),
    "unloadable": ((dict,), lambda data: Unloadable(_parse_failure(data))),
    "answer": ((int, object, str, str), Answer),
    "raised": ((int, dict), lambda call, data: RaisedReply(call, _parse_failure(data))),
    "unsendable": (
        (int, str),
        lambda call, reason: Unsendable(call, reason[:_MAX_TEXT_CHARACTERS]),
    ),
    "flooded": ((int,), Flooded),
    "ended": ((int, bool), lambda status, clean: ChildEnded(_status(status), clean)),
}
