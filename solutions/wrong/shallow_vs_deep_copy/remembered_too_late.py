# Mistake: a copy is remembered only after its items have been copied, so loops never end. Caught by: test_what_contains_itself_is_copied
"""A copy of nested lists, dicts and tuples, as deep as one likes."""

import math
from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    return _clone(value, math.inf if depth is None else depth, {})


def _clone(value: Any, levels: float, copies: dict[int, Any]) -> Any:
    """Copy so many levels; `copies` has the copies so far by the `id` of the original."""
    if levels == 0:
        return value
    if id(value) in copies:
        return copies[id(value)]
    if isinstance(value, tuple):
        return tuple(_clone(item, levels - 1, copies) for item in value)
    if isinstance(value, list):
        items = [_clone(item, levels - 1, copies) for item in value]
        copies[id(value)] = items
        return items
    if isinstance(value, dict):
        entries = {key: _clone(item, levels - 1, copies) for key, item in value.items()}
        copies[id(value)] = entries
        return entries
    return value
