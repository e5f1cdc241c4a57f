# Mistake: lists and dicts that are equal are taken for one and the same. Caught by: test_what_occurs_twice_is_copied_once
"""A copy of nested lists, dicts and tuples, as deep as one likes."""

import math
from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    return _clone(value, math.inf if depth is None else depth, [])


def _clone(value: Any, levels: float, copies: list[tuple[Any, Any]]) -> Any:
    """Copy so many levels; `copies` has the originals and copies so far."""
    if levels == 0:
        return value
    for original, copied in copies:
        if type(original) is type(value) and original == value:
            return copied
    if isinstance(value, tuple):
        return tuple(_clone(item, levels - 1, copies) for item in value)
    if isinstance(value, list):
        items: list[Any] = []
        copies.append((value, items))  # before it is filled, since it may contain itself
        items.extend(_clone(item, levels - 1, copies) for item in value)
        return items
    if isinstance(value, dict):
        entries: dict[Any, Any] = {}
        copies.append((value, entries))
        entries.update((key, _clone(item, levels - 1, copies)) for key, item in value.items())
        return entries
    return value
