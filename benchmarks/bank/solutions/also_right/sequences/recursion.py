# Also right: each function calls itself with what is left.
"""Small functions on sequences."""

from typing import Any


def runs(text: str) -> list[tuple[str, int]]:
    """Return pairs of a character and how often it stands in a row."""
    if not text:
        return []
    count = len(text) - len(text.lstrip(text[0]))
    return [(text[0], count), *runs(text[count:])]


def chunks(items: list[Any], size: int) -> list[list[Any]]:
    """Return the items in lists of `size`."""
    return [items[:size], *chunks(items[size:], size)] if items else []


def rotate(items: list[Any], count: int) -> list[Any]:
    """Return the items, each `count` places further right."""
    if not items or count % len(items) == 0:
        return list(items)
    return rotate([items[-1], *items[:-1]], count % len(items) - 1)


def merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same numbers as sorted intervals that neither overlap nor touch."""
    if len(intervals) < 2:
        return list(intervals)
    first, second, *others = sorted(intervals)
    if second[0] > first[1]:
        return [first, *merged([second, *others])]
    return merged([(first[0], max(first[1], second[1])), *others])


def digits(number: int, base: int) -> list[int]:
    """Return the digits of a number, the highest first."""
    return [number] if number < base else [*digits(number // base, base), number % base]
