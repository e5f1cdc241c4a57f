"""# When a tuple pays off

Level: Intermediate

A tuple cannot be changed. So it can stand in many places at once without anybody
noticing, it can be a key of a dict, and it needs less memory than a list. You write
three functions, one for each of these. You may add functions of your own, and you may
import from the standard library.

Rows are lists. The values in them are ints, strings and `None`. `rows` is any iterable
of rows: a list, or an iterator, which gives each row only once.

## `intern_rows(rows)`: equal rows share one tuple

It returns a list with a tuple for each row, in the same order. All rows that are equal
get one and the same tuple object, so a repeated row costs its memory only once. Rows
that are not equal have tuples that are not equal.

    >>> table = [[1, "red"], [2, "blue"], [1, "red"]]
    >>> shared = intern_rows(table)
    >>> shared
    [(1, 'red'), (2, 'blue'), (1, 'red')]
    >>> shared[0] is shared[2]
    True

* Rows may have different lengths, and no values at all.
* What happens to a row later does not show in the result. There are even iterators that
  use one list for everything: each time they put the next values into that list and
  hand it out again. Such rows come out right, too:

      >>> def readings(count):
      ...     row = []
      ...     for number in range(count):
      ...         row[:] = ["cold", number // 2]
      ...         yield row
      ...     row.clear()
      >>> intern_rows(readings(3))
      [('cold', 0), ('cold', 0), ('cold', 1)]

## `index_by(rows, columns)`: tuples as keys

It groups rows by the values in some of their columns. `columns` is a list of different
positions, counted from 0; each row has all of these. The result is a dict:

* A key is the tuple of a row's values in these columns, in the order of `columns`. It
  is a tuple also for a single column.
* The value is the tuple of all rows with that key, in their old order. The rows in it
  are tuples, too, with all their columns. A row that occurs several times is in there
  several times.
* The order of the keys does not matter.
* Without columns, all rows have the key `()`. Without rows, the dict is empty.

      >>> people = [["Ann", 7, "red"], ["Bob", 8, "red"], ["Cy", 7, "red"]]
      >>> by_colour_and_age = index_by(people, [2, 1])
      >>> by_colour_and_age["red", 7]
      (('Ann', 7, 'red'), ('Cy', 7, 'red'))
      >>> sorted(by_colour_and_age)
      [('red', 7), ('red', 8)]
      >>> index_by(people[:1], [0])
      {('Ann',): (('Ann', 7, 'red'),)}
      >>> index_by([["a"], ["b"], ["a"]], [])
      {(): (('a',), ('b',), ('a',))}

## `container_bytes(values)`: what does the container cost?

`values` is any iterable: a list, a tuple, a generator, ... The result is the dict
`{'list': a, 'tuple': b}`, where `a` is the size of a list of exactly these values and
`b` that of a tuple of them. Sizes are bytes, as `sys.getsizeof` gives them. That is the
size of the container alone; the values in it do not count.

A list that grew may have room to spare for more values, and so may one that was made
from a generator, because Python could not know how long it would get. That is not the
list to be measured. Measure one that was made with `list(...)` from a tuple (or from
another list), at a time when it was known how many values there are.

    >>> sizes = container_bytes("abc")
    >>> sorted(sizes)
    ['list', 'tuple']
    >>> sizes["tuple"] < sizes["list"]
    True
    >>> container_bytes(letter for letter in "xyz") == sizes
    True

How large these are depends on the version of Python; with 3.11 it is 88 bytes for the
list and 64 for the tuple.
"""

from collections.abc import Iterable
from typing import Any


def intern_rows(rows: Iterable[list[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows as tuples, with one object for all rows that are equal."""
    raise NotImplementedError


def index_by(
    rows: Iterable[list[Any]], columns: list[int]
) -> dict[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """Return the rows as tuples, grouped by their values in the given columns."""
    raise NotImplementedError


def container_bytes(values: Iterable[Any]) -> dict[str, int]:
    """Return the sizes in bytes of a list and of a tuple that hold these values."""
    raise NotImplementedError
