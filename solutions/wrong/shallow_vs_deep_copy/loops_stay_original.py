# Mistake: a container that is met while it is being copied is taken over itself. Caught by: test_what_contains_itself_is_copied
"""A copy of nested lists, dicts and tuples, as deep as one likes."""

import math
from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    return _clone(value, math.inf if depth is None else depth, {})


def _clone(
    value: Any, levels: float, copies: dict[int, Any], open_containers: tuple[int, ...] = ()
) -> Any:
    """Copy so many levels; `copies` has the copies so far by the `id` of the original."""
    if levels == 0:
        return value
    if id(value) in copies:
        return copies[id(value)]
    if id(value) in open_containers:
        return value
    if isinstance(value, tuple):
        return tuple(_clone(item, levels - 1, copies, open_containers) for item in value)
    if isinstance(value, list):
        inner = (*open_containers, id(value))
        items = [_clone(item, levels - 1, copies, inner) for item in value]
        copies[id(value)] = items
        return items
    if isinstance(value, dict):
        inner = (*open_containers, id(value))
        entries = {key: _clone(item, levels - 1, copies, inner) for key, item in value.items()}
        copies[id(value)] = entries
        return entries
    return value
