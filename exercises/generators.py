"""# Values on demand

Level: Intermediate

A generator computes each value at the moment somebody asks for it, and not before. In
this exercise you write three functions of that kind. They may be generator functions or
not, as long as they do what is said here. You may add functions and classes of your
own, and you may import from the standard library.

`windows` and `flatten` return an iterator each. Calling them reads no item, and each
`next` reads only as many items as it needs for its answer.

## `windows(iterable, size)`

It gives the runs of `size` neighbours in `iterable`, as tuples: the first `size` items,
then `size` items beginning with the second one, and so on. `size` is an int.

    >>> list(windows("abcd", 2))
    [('a', 'b'), ('b', 'c'), ('c', 'd')]
    >>> list(windows([1, 2, 3], 3)), list(windows([1, 2, 3], 4))
    ([(1, 2, 3)], [])

* If there are fewer items than `size`, there is no window at all.
* `iterable` may be anything that a `for` loop takes: a list, a string, or an iterator,
  which gives each of its items only once. Items may be any values, `None` too.
* The first window reads `size` items, each further one exactly one more. So it works
  with an iterable that never ends:

      >>> from itertools import count
      >>> numbers = count(1)
      >>> neighbours = windows(numbers, 3)
      >>> next(neighbours), next(neighbours)
      ((1, 2, 3), (2, 3, 4))
      >>> next(numbers)
      5

* A `size` below 1 raises `ValueError`. It does so at once, when `windows` is called,
  and not at the first `next`:

      >>> windows([1, 2, 3], 0)
      Traceback (most recent call last):
          ...
      ValueError: size must be at least 1

  The message is up to you.

## `flatten(nested, depth=None)`

`nested` is a list, a tuple or an iterator. Its items may be lists and tuples, which may
hold lists and tuples again, and so on. `flatten` gives the values in them, in order:

    >>> list(flatten([1, (2, [3, []]), "four"]))
    [1, 2, 3, 'four']

* Only lists and tuples are taken apart. Everything else comes out as it is: strings of
  any length, bytes, dicts, sets, `None`, and so on.
* Without a `depth`, or with `None`, lists and tuples are taken apart however deep they
  lie. Otherwise `depth` is an int from 0 on and says how many levels are taken apart:
  with 0 the items of `nested` come out as they are; with 1 those of them that are lists
  or tuples are taken apart, but not the lists and tuples inside these; and so on.

      >>> list(flatten([1, (2, [3, []])], depth=0))
      [1, (2, [3, []])]
      >>> list(flatten([1, (2, [3, []])], depth=1))
      [1, 2, [3, []]]
      >>> list(flatten([1, (2, [3, []])], depth=2))
      [1, 2, 3, []]

* It does not read ahead in `nested`: an item is read only when everything from the
  items before it has been given. This holds for any `depth`.

      >>> outer = iter([[1, 2], [3], [4]])
      >>> values = flatten(outer)
      >>> next(values), next(values), next(values)
      (1, 2, 3)
      >>> list(outer)
      [[4]]

## `averager()`

Values can also go *into* a generator, with its method `send`. What `averager` returns
is driven in this way. It is first started with `next`, which gives `None`. From then on
`send(number)` gives the mean of all numbers that were sent so far.

* The numbers are of type `Fraction`, from the module `fractions`. So are the means,
  which are exact.
* `send(None)`, and `next`, which is the same, adds no number. It gives the mean as it
  was, or `None` if no number was sent yet.
* Each call of `averager` begins anew, and several averagers can be used in turns.

      >>> from fractions import Fraction
      >>> mean = averager()
      >>> next(mean)
      >>> mean.send(Fraction(1))
      Fraction(1, 1)
      >>> mean.send(Fraction(2))
      Fraction(3, 2)
      >>> mean.send(None)
      Fraction(3, 2)
      >>> mean.send(Fraction(0))
      Fraction(1, 1)
"""

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from typing import Any


def windows(iterable: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Return an iterator over all runs of `size` neighbours in `iterable`."""
    raise NotImplementedError


def flatten(nested: Iterable[Any], depth: int | None = None) -> Iterator[Any]:
    """Return an iterator over the values in `nested`, down to `depth` levels."""
    raise NotImplementedError


def averager() -> Generator[Fraction | None, Fraction | None, None]:
    """Answer each number that is sent with the mean of all numbers so far."""
    raise NotImplementedError
