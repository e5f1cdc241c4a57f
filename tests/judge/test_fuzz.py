"""Any bytes from a sandbox, at random and from the corpus of `make fuzz`: a reply or a refusal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_property import MAX_BYTES, Pipe, check, framed

from grader.inside import wire
from grader.inside.wire import WireError
from grader.judge import replies

CORPUS = sorted((Path(__file__).parents[2] / "fuzz" / "corpus").iterdir())

FAILURE = {"type": "E", "bases": ["E"], "message": "m", "frames": [["f.py", 1, "f", "x"]]}
MESSAGES = [
    ["ready", "3.13.1"],
    ["broken", "why"],
    ["loaded"],
    ["unloadable", {**FAILURE, "line": 2, "column": 5, "code": "def f(:"}],
    ["answer", 7, [None, {(1, frozenset({2.5})): b"x"}, {1j, 2**70}], "out", "err"],
    ["raised", 7, FAILURE],
    ["unsendable", 7, "too large"],
    ["flooded", 7],
    ["ended", -9, False],
]
NAMES = [message[0] for message in MESSAGES]
FRAMES = [wire.encode_frame(message, MAX_BYTES) for message in MESSAGES]


def flipped(stream: bytes, at: int) -> bytes:
    """Return the bytes with one bit changed."""
    place, bit = divmod(at % (8 * len(stream) or 1), 8)
    return stream[:place] + bytes([stream[place] ^ 1 << bit]) + stream[place + 1 :]


def cut(stream: bytes, at: int) -> bytes:
    """Return the bytes up to somewhere."""
    return stream[: at % len(stream)]


def shortened(stream: bytes, at: int) -> bytes:
    """Return the bytes without one of them, in a frame that is whole."""
    place = wire.LENGTH_BYTES + at % len(stream)
    return framed(stream[wire.LENGTH_BYTES : place] + stream[place + 1 :])


def doubled(stream: bytes, at: int) -> bytes:
    """Return a frame whose content is there twice, the second time from somewhere on."""
    content = stream[wire.LENGTH_BYTES :]
    return framed(content + content[at % len(stream) :])


def spliced(stream: bytes, at: int) -> bytes:
    """Return a frame that begins as this one and goes on as another."""
    other = FRAMES[at % len(FRAMES)]
    place = wire.LENGTH_BYTES + at % len(stream)
    return framed(stream[wire.LENGTH_BYTES : place] + other[place:])


def lengthened(stream: bytes, at: int) -> bytes:
    """Return the frame with another length in front."""
    return (at * 257 % 2**32).to_bytes(wire.LENGTH_BYTES, "big") + stream[wire.LENGTH_BYTES :]


CHANGES = [flipped, cut, shortened, doubled, spliced, lengthened]


def changed(stream: bytes, changes: list[tuple[Callable[[bytes, int], bytes], int]]) -> bytes:
    """Return the bytes after one change after another."""
    for change, at in changes:
        stream = change(stream, at) or b"\0"
    return stream


mutated = st.builds(
    changed,
    st.sampled_from(FRAMES),
    st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 2**24)), min_size=1, max_size=4),
)

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from([*NAMES, *FAILURE, "nan", "-inf", "aGk=", "-1f", "0x_", "1e400", "\ud800"]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner).map(list),
        st.dictionaries(st.sampled_from("ifcbtdszox"), inner, min_size=1, max_size=1),
        st.dictionaries(st.sampled_from("td"), st.lists(inner, max_size=2), max_size=2),
    ),
    max_leaves=12,
)
tagged = st.one_of(
    trees,
    st.tuples(st.sampled_from(NAMES), st.lists(trees, max_size=4)).map(lambda m: [m[0], *m[1]]),
).map(lambda tree: framed(json.dumps(tree).encode("ascii")))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(framed))
def test_any_bytes_are_a_value_or_refused(stream: bytes) -> None:
    check(stream)


@given(mutated)
def test_a_frame_that_was_tampered_with_is_a_value_or_refused(stream: bytes) -> None:
    check(stream)


@given(tagged)
def test_tags_at_random_are_a_value_or_refused(stream: bytes) -> None:
    check(stream)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name[:8])
def test_every_file_of_the_corpus_is_a_value_or_refused(path: Path) -> None:
    check(path.read_bytes())


def test_the_corpus_holds_replies_other_values_and_refusals_and_is_small() -> None:
    streams = [path.read_bytes() for path in CORPUS]
    assert {kind(stream) for stream in streams} == {"reply", "value", "refused"}
    assert len(streams) <= 300
    assert sum(map(len, streams)) <= 300_000


def kind(stream: bytes) -> str:
    """Return what becomes of a stream."""
    if not check(stream):
        return "refused"
    try:
        replies.parse_reply(wire.read_frame(Pipe(stream).read_exactly, MAX_BYTES))
    except WireError:
        return "value"
    return "reply"


@pytest.mark.parametrize("message", MESSAGES, ids=NAMES)
def test_every_message_is_a_value(message: list[Any]) -> None:
    assert check(wire.encode_frame(message, MAX_BYTES))


# The property is worth something only if it fails for a reader that is broken.


def check_all_frames() -> None:
    for stream in [*FRAMES, framed(b"{"), framed(b'{"s":[[]]}'), b"\xff" * 8, framed(b'{"x":1}')]:
        check(stream)


def raising(error: type[BaseException]) -> Callable[..., Any]:
    def broken(*arguments: Any, **options: Any) -> Any:
        raise error

    return broken


@pytest.mark.parametrize("error", [ValueError, RecursionError, KeyError, SystemExit])
@pytest.mark.parametrize("place", ["decode", "encode", "read_frame"])
def test_a_codec_that_raises_anything_else_is_noticed(
    place: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, place, raising(error))
    with pytest.raises(error):
        check_all_frames()


def test_a_parser_that_raises_anything_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "parse_reply", raising(IndexError))
    with pytest.raises(IndexError):
        check_all_frames()


def greedy(read_exactly: Callable[[int], bytes], max_bytes: int) -> Any:
    read_exactly(max_bytes + wire.LENGTH_BYTES + 1)


def test_a_reader_that_does_not_look_at_the_length_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "read_frame", greedy)
    with pytest.raises(AssertionError, match="more is read"):
        check_all_frames()


class Odd(int):
    """A number that is none of the plain types."""


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else None


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (Odd(1), "no plain type"),
        ([object()], "no plain type"),
        ({Odd(1): 1}, "no plain type"),
        (nested(wire.MAX_DEPTH), "too deep"),
        ([None] * wire.MAX_ELEMENTS, "too many"),
        ("x" * 1000, "more than was sent"),
        (2**8000, "more than was sent"),
    ],
    ids=lambda item: repr(item)[:20],
)
def test_a_decoder_that_lets_too_much_through_is_noticed(
    value: object, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "decode", lambda payload: value)
    with pytest.raises(AssertionError, match=complaint):
        check(FRAMES[0])


@pytest.mark.parametrize("pair", [(1, True), (0.0, -0.0), (b"", ""), ({1: 2, 3: 4}, {3: 4, 1: 2})])
def test_a_codec_that_does_not_keep_types_or_order_is_noticed(
    pair: tuple[object, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = iter(pair)
    monkeypatch.setattr(wire, "decode", lambda payload: next(values))
    with pytest.raises(AssertionError, match="not the same"):
        check(FRAMES[0])


@pytest.mark.parametrize("reply", [None, ["ready"], replies.Ready("x" * 2_001)], ids=str)
def test_a_parser_that_lets_anything_through_is_noticed(
    reply: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "parse_reply", lambda value: reply)
    with pytest.raises(AssertionError, match=r"is no reply|nobody can read"):
        check(FRAMES[0])
