"""# Grids and columns in one expression

Level: Intermediate

A list comprehension says what a list consists of: `[n * n for n in numbers if n > 0]`.
It can contain another one, and then it makes lists of lists. You write three functions
that build lists. Each of them can be a single comprehension, which makes a good aim,
but every way that gives the right lists is accepted. You may import from the standard
library.

## `grid(width, height, cell)`

Makes a table, row by row: a list of `height` rows, each of them a list of `width`
entries. The entry in column `x` of row `y` is `cell(x, y)`. Both are counted from 0, so
the first entry of the first row is `cell(0, 0)`, and the one to its right `cell(1, 0)`.

`width` and `height` are ints, 0 or greater. `cell` is a function that takes two ints
and may return anything.

    >>> grid(3, 2, lambda x, y: 10 * x + y)
    [[0, 10, 20], [1, 11, 21]]

* With a `height` of 0 there are no rows; with a `width` of 0 each row is empty.

      >>> grid(2, 0, max), grid(0, 2, max)
      ([], [[], []])

* The rows are lists of their own. Whoever changes one of them, by `rows[0].append(5)`,
  for example, does not change another.
* `cell` is called once for each entry, in the order in which one reads: the first row
  from left to right, then the second row, and so on.

      >>> letters = iter("abcd")
      >>> grid(2, 2, lambda x, y: next(letters))
      [['a', 'b'], ['c', 'd']]

## `transpose(rows, fill=None)`

Turns rows into columns. `rows` is a list of lists, which may have different lengths and
hold anything. The result is a list of new lists: the first one holds the first entry of
every row, from the first row to the last, the second one holds the second entry of
every row, and so on up to the end of the longest row. Where a row is too short, `fill`
stands in its place; it may be any value.

    >>> transpose([[1, 2, 3], [4], [5, 6]], fill=0)
    [[1, 4, 5], [2, 0, 6], [3, 0, 0]]

* An entry of a row is kept as it is, also if it is `None`. Without `fill`, the gaps are
  `None`.

      >>> transpose([["a", None], []])
      [['a', None], [None, None]]

* Without rows there are no columns, and neither are there if all rows are empty.

      >>> transpose([]), transpose([[], []])
      ([], [])

* `rows` and the lists in it stay as they are. Whoever changes a list of the result
  changes neither another one nor a row.

## `map_above(func, items, threshold)`

Returns a list of what `func(item)` returns for each of the items, in their order, but
only of those results that are greater than `threshold`. A result that equals it is not
greater.

`func` takes one argument and returns an int. `threshold` is an int. `items` is anything
that a `for` loop can go through: a list, for example, or a generator, which gives its
items only once.

    >>> map_above(len, ["kiwi", "fig", "banana"], 3)
    [4, 6]

* `func` is called exactly once for each item, in the order of the items.
"""

from collections.abc import Callable, Iterable
from typing import Any


def grid(width: int, height: int, cell: Callable[[int, int], Any]) -> list[list[Any]]:
    """Return `height` rows with `width` entries, of which each is `cell(x, y)`."""
    raise NotImplementedError


def transpose(rows: list[list[Any]], fill: Any = None) -> list[list[Any]]:
    """Return the columns of rows of any lengths, with `fill` in the gaps."""
    raise NotImplementedError


def map_above(
    func: Callable[[Any], int],
    items: Iterable[Any],
    threshold: int,
) -> list[int]:
    """Return the results of `func` for the items that are greater than `threshold`."""
    raise NotImplementedError
