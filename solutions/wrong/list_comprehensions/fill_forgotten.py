# Mistake: gaps are always None. Caught by: test_transpose_turns_rows_into_columns
"""Three functions that build lists, each by a comprehension."""

from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any


def grid(width: int, height: int, cell: Callable[[int, int], Any]) -> list[list[Any]]:
    """Return `height` rows with `width` entries, of which each is `cell(x, y)`."""
    return [[cell(x, y) for x in range(width)] for y in range(height)]


def transpose(rows: list[list[Any]], fill: Any = None) -> list[list[Any]]:
    """Return the columns of rows of any lengths, with `fill` in the gaps."""
    return [list(column) for column in zip_longest(*rows)]


def map_above(func: Callable[[Any], int], items: Iterable[Any], threshold: int) -> list[int]:
    """Return the results of `func` for the items that are greater than `threshold`."""
    return [result for item in items if (result := func(item)) > threshold]
