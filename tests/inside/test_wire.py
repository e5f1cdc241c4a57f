"""The wire codec: every plain value comes back exactly, and no bytes do more than be refused."""

import json
import math
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wire_property import shape

from grader.inside import wire
from grader.inside.wire import Opaque, WireError, decode, encode, encode_frame, read_frame

any_text = st.text(st.characters(codec=None, categories=None), max_size=20)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**52, max_value=2**54),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    any_text,
    st.binary(max_size=20),
)
keys = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.frozensets(inner, max_size=3)
    ),
    max_leaves=6,
)
values = st.recursive(
    keys,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(keys, max_size=4),
    ),
    max_leaves=15,
)


@given(values)
@example([0.0, -0.0, 2**53, -(2**53), 10**5000, "\ud800", "\x00", True, 1, 1.0])
@example({1: "one", "1": 1, (1, frozenset({2})): [None], b"": ()})
def test_every_plain_value_comes_back_with_equal_types(value: object) -> None:
    back = decode(encode(value))
    assert back == value
    assert shape(back) == shape(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_floats_without_a_json_form_come_back(number: float) -> None:
    back = decode(encode([number]))[0]
    assert type(back) is float
    assert repr(back) == repr(number)


@given(st.lists(st.integers(), unique=True), st.randoms())
def test_a_dict_keeps_its_order(numbers: list[int], random: object) -> None:
    assert list(decode(encode(dict.fromkeys(numbers)))) == numbers


class _Agreeable(int):
    """Equal to everything, as a forged answer would be."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    "impostor", [_Agreeable(3), type("S", (str,), {})("x"), object(), range(3)]
)
def test_anything_else_becomes_an_opaque_value(impostor: object) -> None:
    back = decode(encode(impostor))
    assert type(back) is Opaque
    assert back != impostor
    assert back != back
    assert back not in [back.text, 3, "x"]


def test_a_dict_with_a_strange_key_is_opaque_as_a_whole() -> None:
    assert type(decode(encode({_Agreeable(1): 1}))) is Opaque
    assert type(decode(encode({(1, object()): 1}))) is Opaque
    assert type(decode(encode({_Agreeable(1)}))) is Opaque


def test_an_opaque_value_shows_no_memory_address_and_is_cut() -> None:
    assert repr(decode(encode(object()))) == "<object object>"
    assert len(repr(decode(encode(range(10**300))))) <= wire.MAX_REPR_CHARACTERS


@pytest.mark.parametrize("value", [object(), {_Agreeable(1): 1}, [range(3)]])
def test_what_is_not_plain_is_refused_where_only_plain_data_may_cross(value: object) -> None:
    with pytest.raises(WireError, match="is not plain data"):
        encode(value, plain_only=True)


def test_an_opaque_value_may_cross_back_where_only_plain_data_may() -> None:
    assert type(decode(encode([Opaque("T", "<T>")], plain_only=True))[0]) is Opaque


class _Unprintable:
    """Its repr raises."""

    def __repr__(self) -> str:
        raise RuntimeError


class _Misprinted:
    """Its repr is no str."""

    def __repr__(self) -> str:
        return 3  # type: ignore[return-value]


@pytest.mark.parametrize("value", [_Unprintable(), _Misprinted()])
def test_a_broken_repr_still_gives_an_opaque_value(value: object) -> None:
    back = decode(encode(value))
    assert back.text == f"<{type(value).__name__} object>"


@given(st.binary(max_size=200))
@example(b"\xff\xfe[\x00]\x00")
@example(b"[NaN]")
@example(b"1e999")
@example(b"-1e999")
@example(b"9" * 5000)
@example(b'"\xed\xa0\x80"')
@example(b"[1] trailing")
def test_any_bytes_give_a_value_or_a_wire_error(payload: bytes) -> None:
    try:
        value = decode(payload)
    except WireError:
        return
    assert shape(decode(encode(value))) == shape(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*"ifcbtdszox"]) | st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=10,
)


@given(json_values)
@example({"i": "zz"})
@example({"i": "1" * 10_000})
@example({"c": [1, 2]})
@example({"d": [[[], 1]]})
@example({"d": [[1, 2, 3]]})
@example({"d": {"1": 2}})
@example({"s": [[]]})
@example({"z": [{"d": []}]})
@example({"o": ["a" * 10_000, "b" * 10_000]})
@example({"b": "%%%"})
@example({"b": "é"})
@example({"t": [], "d": []})
@example({})
def test_any_json_gives_a_value_or_a_wire_error(tree: object) -> None:
    try:
        decode(json.dumps(tree).encode("ascii"))
    except WireError:
        return


@pytest.mark.parametrize("depth", [wire.MAX_DEPTH + 1, 5_000, 200_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    with pytest.raises(WireError, match="nested deeper"):
        decode(b"[" * depth + b"]" * depth)


def test_nesting_up_to_the_bound_passes() -> None:
    payload = b"[" * wire.MAX_DEPTH + b"]" * wire.MAX_DEPTH
    assert encode(decode(payload)) == payload


def test_an_opaque_value_counts_as_one_at_both_ends() -> None:
    value: object = object()
    for _ in range(wire.MAX_DEPTH - 1):
        value = [value]
    assert encode(decode(encode(value))) == encode(value)
    decode(encode([object()] * (wire.MAX_ELEMENTS // 2)))


@pytest.mark.parametrize("content", ["ab", {"t": []}, ["T"], ["T", "<T>", ""], ["T", 1], [[], ""]])
def test_an_opaque_value_is_two_texts(content: object) -> None:
    with pytest.raises(WireError):
        decode(json.dumps({"o": content}).encode())


def deeper(calls: int, function: Callable[[], object]) -> object:
    """Call a function from below so many calls."""
    return deeper(calls - 1, function) if calls else function()


DEEPEST = [
    b'{"d":[[1,' * 99 + b"1" + b"]]}" * 99,
    b'{"d":[[' * 99 + b"1" + b",1]]}" * 99,
    b'{"z":[' * 99 + b"1" + b"]}" * 99,
    b"[" * 99 + b"1" + b"]" * 99,
]


@pytest.mark.parametrize("payload", DEEPEST, ids=lambda payload: repr(payload[:8]))
def test_no_nesting_recurses_out_however_deep_the_caller_is(payload: bytes) -> None:
    outcomes = set()
    for calls in range(0, sys.getrecursionlimit() - 250, 50):
        try:
            deeper(calls, lambda: decode(payload))
        except WireError as refusal:
            outcomes.add(str(refusal))
    assert outcomes <= {
        "nested deeper than 100",
        "tag 'd' with impossible content: unhashable type: 'dict'",
    }


def test_a_test_that_is_deep_in_calls_can_still_read_the_deepest_dict() -> None:
    decode(DEEPEST[0])
    deeper(300, lambda: decode(DEEPEST[0]))


def test_a_key_that_is_nested_beyond_all_bounds_is_refused() -> None:
    key: object = ()
    for _ in range(5_000):
        key = (key,)
    with pytest.raises(WireError, match="nested deeper"):
        encode({key: 1})


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(WireError, match="nested deeper"):
        encode(loop)


@pytest.mark.parametrize("code", [encode, lambda value: decode(json.dumps(value).encode())])
def test_too_many_elements_are_refused(code: object) -> None:
    assert callable(code)
    code([0] * (wire.MAX_ELEMENTS - 1))
    with pytest.raises(WireError, match="elements"):
        code([0] * wire.MAX_ELEMENTS)


def with_one_hash(count: int) -> list[int]:
    """Return different ints, all of which have the hash 0."""
    return [number * sys.hash_info.modulus for number in range(count)]


@pytest.mark.parametrize("wrap", [set, frozenset, dict.fromkeys])
def test_keys_that_were_made_to_have_one_hash_are_refused(wrap: Callable[..., object]) -> None:
    few = wrap(with_one_hash(wire.MAX_EQUAL_HASHES))
    assert decode(encode(few)) == few
    with pytest.raises(WireError, match="101 keys with the same hash"):
        decode(encode(wrap(with_one_hash(wire.MAX_EQUAL_HASHES + 1))))


class _Pipe:
    """Gives out the bytes it was made with and remembers how many were asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked = 0

    def read_exactly(self, count: int) -> bytes:
        self.asked += count
        taken, self.content = self.content[:count], self.content[count:]
        return taken


@given(values)
def test_a_frame_is_read_back_and_leaves_the_rest(value: object) -> None:
    pipe = _Pipe(encode_frame(value, 100_000) + b"rest")
    assert read_frame(pipe.read_exactly, 100_000) == value
    assert pipe.content == b"rest"


def test_a_frame_that_claims_too_much_is_refused_before_it_is_read() -> None:
    pipe = _Pipe((10**9).to_bytes(4, "big") + b"x" * 1000)
    with pytest.raises(WireError, match="at most 500"):
        read_frame(pipe.read_exactly, 500)
    assert pipe.asked == wire.LENGTH_BYTES


def test_a_value_over_the_byte_limit_is_refused_when_written() -> None:
    encode_frame("x" * 98, 100)
    with pytest.raises(WireError, match="at most 100"):
        encode_frame("x" * 99, 100)
