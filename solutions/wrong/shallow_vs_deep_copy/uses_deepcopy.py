# Mistake: without a depth `copy.deepcopy` does the work. Caught by: test_written_without_the_module_copy
"""A copy of nested lists, dicts and tuples, as deep as one likes."""

from copy import deepcopy
from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    if depth is None:
        memo = {id(leaf): leaf for leaf in _leaves(value, set())}
        return deepcopy(value, memo)
    return _clone(value, depth, {})


def _leaves(value: Any, seen: set[int]) -> list[Any]:
    """Collect everything in `value` that is no container."""
    if not isinstance(value, list | dict | tuple):
        return [value]
    if id(value) in seen:
        return []
    seen.add(id(value))
    items = value.values() if isinstance(value, dict) else value
    return [leaf for item in items for leaf in _leaves(item, seen)]


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
