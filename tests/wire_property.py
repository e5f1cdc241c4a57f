"""What holds for any bytes that come from a sandbox: a value within the bounds, or a refusal.

`check` is the whole property. `tests/judge/test_fuzz.py` checks it with Hypothesis and for every
file in `fuzz/corpus/`, `fuzz/wire.py` for as long as it is let.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from grader.inside import wire
from grader.inside.wire import Opaque, WireError
from grader.judge import replies
from grader.sandbox.base import ConnectionLost

MAX_BYTES = 16_384  # less than a judge allows, so that a frame can be too long
MAX_REFUSAL_CHARACTERS = 500
MAX_TEXT_CHARACTERS = 2_000

_LEAVES = (type(None), bool, int, float, complex, str, bytes, Opaque)
_CONTAINERS = (list, tuple, set, frozenset, dict)


class Pipe:
    """Gives out the bytes it was made with, and counts how many it was asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked = 0

    def read_exactly(self, count: int) -> bytes:
        """Return the next `count` bytes; raises ConnectionLost where there are fewer."""
        self.asked += count
        if count > len(self.content):
            raise ConnectionLost
        taken, self.content = self.content[:count], self.content[count:]
        return taken


def framed(payload: bytes) -> bytes:
    """Return the frame of a payload, whatever is in it."""
    return len(payload).to_bytes(wire.LENGTH_BYTES, "big") + payload


def shape(value: object) -> object:
    """Return `value` with all types spelled out: 1, True and 1.0 differ, and 0.0 and -0.0."""
    if isinstance(value, dict):
        return dict, tuple((shape(key), shape(item)) for key, item in value.items())
    if isinstance(value, (set, frozenset)):
        # Counted, since a set may hold more than one nan.
        return type(value), frozenset(Counter(shape(item) for item in value).items())
    if isinstance(value, (list, tuple)):
        return type(value), tuple(shape(item) for item in value)
    if isinstance(value, int):
        return type(value), format(value, "x")  # repr refuses more than 4300 digits
    if isinstance(value, Opaque):
        return Opaque, value.type_name, value.text
    return type(value), repr(value)


def check(stream: bytes) -> bool:
    """Read one message from `stream` as a judge does; tell whether it held a value.

    Raises:
        AssertionError: where more is read, decoded or kept than the bounds allow, or what was
            decoded is not the same once it has been encoded again.
        Exception: whatever else gets out of the reader, of which nothing should.
    """
    pipe = Pipe(stream)
    try:
        value = wire.read_frame(pipe.read_exactly, MAX_BYTES)
    except (WireError, ConnectionLost) as refusal:
        _check_refusal(refusal)
        return False
    finally:
        assert pipe.asked <= wire.LENGTH_BYTES + MAX_BYTES, "more is read than may be"
    _check_bounds(value, len(stream))
    _check_return(value)
    _check_reply(value)
    return True


def _check_refusal(refusal: Exception) -> None:
    """The sentence is shown to a student, so it must not hold all that was sent."""
    assert len(str(refusal)) <= MAX_REFUSAL_CHARACTERS, "a refusal that nobody can read"


def _check_bounds(value: Any, size: int) -> None:
    """Walk through all of `value`: plain types, few and shallow, and no more than was sent."""
    todo = [(value, 0)]
    elements = weight = 0
    while todo:
        item, depth = todo.pop()
        elements += 1
        weight += _weight(item)
        assert depth < wire.MAX_DEPTH, "nested too deep"
        assert type(item) in _LEAVES + _CONTAINERS, f"{type(item)} is no plain type"
        todo += [(inner, depth + 1) for inner in _inner(item)]
    assert elements <= wire.MAX_ELEMENTS, "too many elements"
    assert elements + weight <= size, "more than was sent"


def _inner(item: Any) -> Iterable[Any]:
    if type(item) is dict:
        return [part for pair in item.items() for part in pair]
    return item if type(item) in _CONTAINERS else ()


def _weight(item: Any) -> int:
    """Return how many bytes a leaf takes at the least, beyond the one that every element does."""
    if type(item) is int:
        return item.bit_length() // 4 - 1
    if type(item) is Opaque:
        return len(item.type_name) + len(item.text)
    return len(item) if type(item) in (str, bytes) else 0


def _check_return(value: Any) -> None:
    """What was decoded can be sent on, and is then the same."""
    again = wire.decode(wire.encode(value, plain_only=True))
    assert shape(again) == shape(value), "not the same when it is encoded and decoded"


def _check_reply(value: Any) -> None:
    """What was decoded is one of the records of `grader.judge.replies`, or is refused."""
    try:
        reply = replies.parse_reply(value)
    except WireError as refusal:
        _check_refusal(refusal)
        return
    assert isinstance(reply, replies.Reply), f"{type(reply)} is no reply"
    if isinstance(reply, replies.Answer):
        assert shape(reply.value) == shape(value[2]), "not the value that was sent"
    else:
        longest = max(map(len, _texts(dataclasses.asdict(reply))), default=0)
        assert longest <= MAX_TEXT_CHARACTERS, "a text that nobody can read"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
