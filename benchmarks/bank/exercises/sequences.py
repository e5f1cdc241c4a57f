"""# Small functions on sequences

Level: Benchmark

Five functions; none of them changes its arguments.

## `runs(text)`

A list of pairs `(character, count)`: how often in a row each character stands in `text`, from left
to right. An empty text has no runs.

    >>> runs("aab")
    [('a', 2), ('b', 1)]

## `chunks(items, size)`

The list `items` cut into lists of `size` items each, in order; the last may be shorter. `size` is
at least 1.

    >>> chunks([1, 2, 3], 2)
    [[1, 2], [3]]

## `rotate(items, count)`

A new list in which each item of the list `items` stands `count` places further right; what leaves
on the right comes back on the left. `count` is any int; a negative one moves to the left. An empty
list stays empty.

    >>> rotate([1, 2, 3], 1)
    [3, 1, 2]

## `merged(intervals)`

The numbers that lie in any of the `intervals`, as a sorted list of intervals that neither overlap
nor touch. An interval is a tuple `(first, last)` of ints with `first <= last`, both included;
`(1, 3)` and `(3, 5)` touch, `(1, 3)` and `(4, 5)` do not.

    >>> merged([(4, 6), (1, 2), (5, 9)])
    [(1, 2), (4, 9)]

## `digits(number, base)`

The digits of an int that is 0 or more, in a base of 2 or more, as a list of ints with the highest
first. 0 has one digit.

    >>> digits(6, 2)
    [1, 1, 0]
"""

from typing import Any


def runs(text: str) -> list[tuple[str, int]]:
    """Return pairs of a character and how often it stands in a row."""
    raise NotImplementedError


def chunks(items: list[Any], size: int) -> list[list[Any]]:
    """Return the items in lists of `size`."""
    raise NotImplementedError


def rotate(items: list[Any], count: int) -> list[Any]:
    """Return the items, each `count` places further right."""
    raise NotImplementedError


def merged(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same numbers as sorted intervals that neither overlap nor touch."""
    raise NotImplementedError


def digits(number: int, base: int) -> list[int]:
    """Return the digits of a number, the highest first."""
    raise NotImplementedError
