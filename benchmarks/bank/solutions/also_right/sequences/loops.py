# Also right: plain loops that append.
"""Small functions on sequences."""

from typing import Any


def runs(text: str) -> list[tuple[str, int]]:
    """Return pairs of a character and how often it stands in a row."""
    result: list[tuple[str, int]] = []
    for character in text:
        if result and result[-1][0] == character:
            result[-1] = (character, result[-1][1] + 1)
        else:
            result.append((character, 1))
    return result


def chunks(items: list[Any], size: int) -> list[list[Any]]:
    """Return the items in lists of `size`."""
    result: list[list[Any]] = []
    for item in items:
        if not result or len(result[-1]) == size:
            result.append([])
        result[-1].append(item)
    return result


def rotate(items: list[Any], count: int) -> list[Any]:
    """Return the items, each `count` places further right."""
    result = list(items)
    for place, item in enumerate(items):
        result[(place + count) % len(items)] = item
    return result


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
    result = []
    while True:
        number, digit = divmod(number, base)
        result.append(digit)
        if not number:
            return result[::-1]
