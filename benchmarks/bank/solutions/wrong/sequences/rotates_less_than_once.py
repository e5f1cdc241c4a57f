# Mistake: a count beyond the length is not brought back. Caught by: test_rotate
"""Small functions on sequences."""

from itertools import groupby
from typing import Any


def runs(text: str) -> list[tuple[str, int]]:
    """Return pairs of a character and how often it stands in a row."""
    return [(character, len(list(group))) for character, group in groupby(text)]


def chunks(items: list[Any], size: int) -> list[list[Any]]:
    """Return the items in lists of `size`."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def rotate(items: list[Any], count: int) -> list[Any]:
    """Return the items, each `count` places further right."""
    return items[-count:] + items[:-count]


def merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same numbers as sorted intervals that neither overlap nor touch."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(intervals):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def digits(number: int, base: int) -> list[int]:
    """Return the digits of a number, the highest first."""
    result = [number % base]
    while number >= base:
        number //= base
        result.insert(0, number % base)
    return result
