# Mistake: the depth is counted down before the outermost container. Caught by: test_copies_as_many_levels_as_asked
"""A copy of nested lists, dicts and tuples, as deep as one likes."""

import math
from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    return _clone(value, math.inf if depth is None else max(depth - 1, 0), {})


def _clone(value: Any, levels: float, copies: dict[int, Any]) -> Any:
    """Copy so many levels; `copies` has the copies so far by the `id` of the original."""
    if levels == 0:
        return value
    if id(value) in copies:
        return copies[id(value)]
    if isinstance(value, tuple):
        return tuple(_clone(item, levels - 1, copies) for item in value)
    if isinstance(value, list):
        items: list[Any] = []
        copies[id(value)] = items  # before it is filled, since it may contain itself
        items.extend(_clone(item, levels - 1, copies) for item in value)
        return items
    if isinstance(value, dict):
        entries: dict[Any, Any] = {}
        copies[id(value)] = entries
        entries.update((key, _clone(item, levels - 1, copies)) for key, item in value.items())
        return entries
    return value
