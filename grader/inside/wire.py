"""The wire codec: plain Python values to bounded frames of bytes and back, the same at both ends.

A frame is a length (4 bytes, big endian) and that many bytes of JSON in ASCII. JSON's own types
stand for None, bool, str, list, ints below 2**53 and finite floats; everything else is an object
with exactly one key, the tag:

    {"i": "-1f..."}                 int of any size, in hexadecimal (no limit on digits applies)
    {"f": "nan" | "inf" | "-inf"}   float that JSON has no word for
    {"c": [real, imaginary]}        complex
    {"b": "aGk="}                   bytes, base64
    {"t": [...]}                    tuple
    {"d": [[key, value], ...]}      dict, order kept
    {"s": [...]}  {"z": [...]}      set, frozenset; in the order of the items' JSON
    {"o": [type name, repr]}        opaque: any other object; equal to nothing

Exact types survive: a subclass of int, str, list and so on is opaque, because what it compares
equal to is in the hands of whoever wrote it. There is no pickle and no lookup of a class or an
attribute, so the worst that bytes from the other side can do is to be refused: every way in which
they can be wrong raises `WireError` and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections import Counter
from typing import Any, Callable

LENGTH_BYTES = 4
MAX_DEPTH = 100
MAX_ELEMENTS = 200_000
MAX_REPR_CHARACTERS = 200
MAX_EQUAL_HASHES = 100

_JSON_SAFE_INT = 2**53
# What is as it is at both ends, and most of what crosses. By the exact type.
_SIMPLE = frozenset((str, bool, type(None)))
_SIMPLE_IN_JSON = _SIMPLE | {int}
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class WireError(Exception):
    """Bytes that are no frame, or a value that cannot be one; the message says which rule broke."""


class Opaque:
    """Stands for an object that cannot cross: its type's name and a cut repr, equal to nothing."""

    __slots__ = ("text", "type_name")

    def __init__(self, type_name: str, text: str) -> None:
        self.type_name = type_name
        self.text = text

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return self.text


# By identity: whether a type is equal to another is up to its metaclass.
_PLAIN_ATOMS = (bool, int, float, complex, str, bytes, Opaque)


def encode_frame(value: Any, max_bytes: int, *, plain_only: bool = False) -> bytes:
    """Return the whole frame for `value`; raises WireError when it breaks a bound.

    With `plain_only`, a value that would become opaque breaks one, too.
    """
    payload = encode(value, plain_only=plain_only)
    if len(payload) > max_bytes:
        raise WireError(f"a value of {len(payload)} bytes; at most {max_bytes} may cross")
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


def read_frame(read_exactly: Callable[[int], bytes], max_bytes: int) -> Any:
    """Read one frame through `read_exactly(count)` and return its value.

    The length is checked before anything is read, so a frame can never take more memory than
    `max_bytes`. Raises WireError, and whatever `read_exactly` raises.
    """
    return decode(read_exactly(size_of(read_exactly(LENGTH_BYTES), max_bytes)))


def size_of(start: bytes, max_bytes: int) -> int:
    """Return how many bytes follow the LENGTH_BYTES that a frame starts with.

    Raises:
        WireError: when there are more than `max_bytes`.
    """
    size = int.from_bytes(start, "big")
    if size > max_bytes:
        raise WireError(f"a frame that says it has {size} bytes; at most {max_bytes} may cross")
    return size


def encode(value: Any, *, plain_only: bool = False) -> bytes:
    """Return `value` as JSON in ASCII; what is not plain becomes opaque.

    Raises:
        WireError: for a value nested deeper than MAX_DEPTH (one that contains itself, say) or
            with more than MAX_ELEMENTS elements, and with `plain_only` for one that is not plain.
    """
    try:
        plain = _Encoder(plain_only).encode(value, 0)
    except RecursionError:
        raise WireError(f"nested deeper than {MAX_DEPTH}") from None
    return _WRITER.encode(plain).encode("ascii")


def decode(payload: bytes) -> Any:
    """Return the value that `encode` wrote.

    Raises:
        WireError: for any bytes that `encode` would not have written, in spirit: not ASCII, not
            JSON, an unknown tag, an unhashable key, or more nesting or elements than the bounds.
    """
    try:
        # ASCII first: json.loads on bytes would guess at UTF-16, and on str would take surrogates.
        text = payload.decode("ascii")
        tree = (_LONG_NUMBER_READER if _LONG_NUMBER.search(text) else _READER).decode(text)
        return _Decoder().decode(tree, 0)
    except RecursionError:
        # Within the bound, too, where the caller's own calls have left little of Python's limit.
        raise WireError(f"nested deeper than {MAX_DEPTH}") from None
    except ValueError as error:
        raise WireError(f"not a value in JSON: {error}") from None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not allowed")


def _parse_int(digits: str) -> int:
    # Larger numbers have their own tag; this keeps clear of Python's limit on decimal digits.
    if len(digits) > len(str(-_JSON_SAFE_INT)):
        raise ValueError("a number with too many digits")
    return int(digits)


# Made once: making them takes longer than most values take. A number too long for JSON is rare,
# and looking at each would take as long as all the rest.
_WRITER = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False)
_READER = json.JSONDecoder(parse_constant=_refuse)
_LONG_NUMBER_READER = json.JSONDecoder(parse_constant=_refuse, parse_int=_parse_int)
_LONG_NUMBER = re.compile("[0-9]{%d}" % len(str(_JSON_SAFE_INT)))


class _Counter:
    """Counts elements and nesting, at either end."""

    def __init__(self) -> None:
        self.elements = 0

    def enter(self, depth: int, count: int = 1) -> None:
        """Take note of as many elements that are nested as deep."""
        self.elements += count
        if count and depth >= MAX_DEPTH:
            raise WireError(f"nested deeper than {MAX_DEPTH}")
        if self.elements > MAX_ELEMENTS:
            raise WireError(f"more than {MAX_ELEMENTS} elements")


class _Encoder(_Counter):
    """Turns one value into JSON's own types."""

    def __init__(self, plain_only: bool) -> None:
        super().__init__()
        self._plain_only = plain_only

    def encode(self, value: Any, depth: int) -> Any:
        self.enter(depth)
        return self._encode(value, depth)

    def _encode(self, value: Any, depth: int) -> Any:
        """Return the same for a value that has been counted."""
        kind = type(value)
        if kind in _SIMPLE:
            return value
        if kind is int:
            return value if abs(value) < _JSON_SAFE_INT else {"i": format(value, "x")}
        if kind is float:
            return value if math.isfinite(value) else {"f": repr(value)}
        if kind is list:
            return self._items(value, depth)
        return self._tagged(value, kind, depth)

    def _items(self, values: Any, depth: int) -> list[Any]:
        depth += 1
        self.enter(depth, len(values))
        return [
            item if type(item) in _SIMPLE else self._encode(item, depth) for item in list(values)
        ]

    def _tagged(self, value: Any, kind: type, depth: int) -> Any:
        if kind is tuple:
            return {"t": self._items(value, depth)}
        if kind is bytes:
            return {"b": base64.b64encode(value).decode("ascii")}
        if kind is complex:
            return {"c": self._items((value.real, value.imag), depth)}
        if kind is dict and all(map(_is_plain_key, value)):
            pairs = value.items()
            return {"d": [self._items(pair, depth) for pair in pairs]}
        if (kind is set or kind is frozenset) and all(map(_is_plain_key, value)):
            tag = "s" if kind is set else "z"
            # A set's own order also depends on how it came to be, and would show at the other end.
            items = sorted(self._items(value, depth), key=json.dumps)
            return {tag: items}
        if self._plain_only and kind is not Opaque:
            raise WireError(f"a value of the type {kind.__name__} is not plain data")
        return {"o": [*describe(value)]}


def _is_plain_key(key: Any) -> bool:
    """Tell whether `key` crosses as itself, so that it is as hashable and as unique over there."""
    kind = type(key)
    if kind is tuple or kind is frozenset:
        return all(map(_is_plain_key, key))
    return key is None or any(kind is plain for plain in _PLAIN_ATOMS)


def describe(value: Any) -> tuple[str, str]:
    """Return an object's type name and its repr, cut and without memory addresses.

    The repr is the submission's code and may do anything; so this runs only in the sandbox, or on
    an `Opaque`, whose repr is text already.
    """
    if type(value) is Opaque:
        return value.type_name, value.text
    name = type(value).__qualname__
    try:
        text = repr(value)
        if type(text) is not str:
            raise TypeError("repr is not a str")
    except Exception:  # whatever a student's __repr__ raises, the value is still described
        text = f"<{name} object>"
    return name[:MAX_REPR_CHARACTERS], _ADDRESS.sub("", text)[:MAX_REPR_CHARACTERS]


class _Decoder(_Counter):
    """Turns JSON's own types back into one value."""

    def decode(self, tree: Any, depth: int) -> Any:
        self.enter(depth)
        return self._decode(tree, depth)

    def _decode(self, tree: Any, depth: int) -> Any:
        """Return the same for a tree that has been counted."""
        if isinstance(tree, list):
            return self.items(tree, depth)
        if isinstance(tree, dict):
            return self._tagged(tree, depth)
        if isinstance(tree, float) and not math.isfinite(tree):
            raise WireError("a number beyond the range of float")
        return tree

    def _tagged(self, tree: dict[str, Any], depth: int) -> Any:
        if len(tree) != 1:
            raise WireError("an object with other than one tag")
        ((tag, content),) = tree.items()
        reader = _READERS.get(tag)
        if reader is None:
            raise WireError(f"unknown tag {tag[:10]!r}")
        try:
            return reader(self, content, depth)
        except (TypeError, ValueError, OverflowError) as error:
            # An unhashable key, a text that is no number, a pair of three: all of them only data.
            raise WireError(f"tag {tag!r} with impossible content: {error}") from None

    def items(self, content: Any, depth: int) -> list[Any]:
        if not isinstance(content, list):
            raise WireError("a list was expected")
        depth += 1
        self.enter(depth, len(content))
        return [
            item if type(item) in _SIMPLE_IN_JSON else self._decode(item, depth) for item in content
        ]

    def keys(self, content: Any, depth: int) -> list[Any]:
        return _spread(self.items(content, depth))

    def pairs(self, content: Any, depth: int) -> dict[Any, Any]:
        if not isinstance(content, list):
            raise WireError("a list of pairs was expected")
        pairs = []
        for pair in content:
            key, value = self.items(pair, depth)
            pairs.append((key, value))
        _spread([key for key, _ in pairs])
        return dict(pairs)


def _spread(keys: list[Any]) -> list[Any]:
    """Return the keys of a set or dict, unless so many share a hash that comparing takes minutes.

    Hashes of numbers and tuples can be made alike at will; of honest keys, hardly any are.
    """
    if len(keys) > MAX_EQUAL_HASHES:
        ((_, count),) = Counter(map(hash, keys)).most_common(1)
        if count > MAX_EQUAL_HASHES:
            raise WireError(f"{count} keys with the same hash")
    return keys


def _read_int(decoder: _Decoder, content: Any, depth: int) -> int:
    return int(_text(content), 16)


def _read_float(decoder: _Decoder, content: Any, depth: int) -> float:
    if content not in ("nan", "inf", "-inf"):
        raise WireError("a float tag is nan, inf or -inf")
    return float(content)


def _read_complex(decoder: _Decoder, content: Any, depth: int) -> complex:
    real, imaginary = decoder.items(content, depth)
    if type(real) is not float or type(imaginary) is not float:
        raise WireError("a complex number has two floats")
    return complex(real, imaginary)


def _read_bytes(decoder: _Decoder, content: Any, depth: int) -> bytes:
    try:
        return base64.b64decode(_text(content), validate=True)
    except binascii.Error as error:
        raise WireError(f"not base64: {error}") from None


def _read_opaque(decoder: _Decoder, content: Any, depth: int) -> Opaque:
    # Its two texts are no elements of their own, as little as for `encode`.
    if not isinstance(content, list):
        raise WireError("a type name and a text were expected")
    type_name, text = content
    return Opaque(_text(type_name)[:MAX_REPR_CHARACTERS], _text(text)[:MAX_REPR_CHARACTERS])


def _text(content: Any) -> str:
    if not isinstance(content, str):
        raise WireError("a text was expected")
    return content


_READERS: dict[str, Callable[[_Decoder, Any, int], Any]] = {
    "i": _read_int,
    "f": _read_float,
    "c": _read_complex,
    "b": _read_bytes,
    "o": _read_opaque,
    "t": lambda decoder, content, depth: tuple(decoder.items(content, depth)),
    "d": _Decoder.pairs,
    "s": lambda decoder, content, depth: set(decoder.keys(content, depth)),
    "z": lambda decoder, content, depth: frozenset(decoder.keys(content, depth)),
}
