# Also right: regular expressions, a deque, and iterators.
"""Small functions on sequences."""

import re
from collections import deque
from itertools import accumulate, islice
from typing import Any


def runs(text: str) -> list[tuple[str, int]]:
    """Return pairs of a character and how often it stands in a row."""
    return [(found[1], len(found[0])) for found in re.finditer(r"(.)\1*", text, re.DOTALL)]


def chunks(items: list[Any], size: int) -> list[list[Any]]:
    """Return the items in lists of `size`."""
    iterator = iter(items)
    return list(iter(lambda: list(islice(iterator, size)), []))


def rotate(items: list[Any], count: int) -> list[Any]:
    """Return the items, each `count` places further right."""
    result = deque(items)
    result.rotate(count)
    return list(result)


def merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same numbers as sorted intervals that neither overlap nor touch."""
    ordered = sorted(intervals)
    furthest = list(accumulate((last for _, last in ordered), max))
    ends = zip(furthest, ordered[1:], strict=False)
    starts = [0, *(place for place, (last, after) in enumerate(ends, 1) if after[0] > last)]
    stops = [*starts[1:], len(ordered)]
    pairs = zip(starts, stops, strict=True)
    return [(ordered[start][0], furthest[stop - 1]) for start, stop in pairs if ordered]


def digits(number: int, base: int) -> list[int]:
    """Return the digits of a number, the highest first."""
    result = [number % base]
    while number >= base:
        number //= base
        result.insert(0, number % base)
    return result
