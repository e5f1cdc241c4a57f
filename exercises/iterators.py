"""# Iterable or iterator

Level: Intermediate

A list can be looped over again and again; a file, or what `zip` returns, only once. The
first kind is an *iterable*: it hands out a new iterator whenever somebody asks. The
second kind is an *iterator*: it knows where it stands and moves on with each `next`.
In this exercise you write one class of each kind. You may add classes and functions of
your own, and you may import from the standard library.

## `Steps(start, stop, step=1)`: an iterable

It stands for the numbers `start`, `start + step`, `start + 2 * step` and so on, as long
as they have not reached `stop`; `stop` itself is never among them. With a positive
`step` the numbers rise and stay below `stop`, with a negative one they fall and stay
above it. If `start` already is at `stop` or beyond it, there are no numbers at all. The
arguments are ints of any size.

    >>> list(Steps(1, 5))
    [1, 2, 3, 4]
    >>> list(Steps(10, 0, -4))
    [10, 6, 2]
    >>> list(Steps(3, 3)), list(Steps(0, 5, -1))
    ([], [])

* A `step` of 0 raises `ValueError` at once, when the object is made, whatever `start`
  and `stop` are.
* The same `Steps` object can be looped over as often as one likes and gives the same
  numbers each time.
* Every `iter(steps)` gives a new iterator that begins at `start`. Iterators over the
  same object do not disturb each other, even when they take turns.
* Such an iterator returns itself from `iter()`, so a `for` loop goes on where `next`
  left off. When its numbers are used up, it raises `StopIteration`, then and ever
  after.
* Nothing is computed in advance: `Steps(0, 10**15)` is made in no time, and so are its
  first few numbers.

      >>> steps = Steps(0, 10**15, 5)
      >>> first, second = iter(steps), iter(steps)
      >>> next(first), next(first), next(second), next(first)
      (0, 5, 0, 10)
      >>> iter(first) is first
      True

## `Peekable(iterable)`: an iterator

It gives the items of any iterable, one with each `next`, and returns itself from
`iter()`. Its method `peek` shows the next item without taking it: what `peek` has
shown, `next` (or another `peek`) gives again.

    >>> letters = Peekable("ab")
    >>> letters.peek(), letters.peek(), next(letters), next(letters)
    ('a', 'a', 'a', 'b')
    >>> letters.peek("nothing left")
    'nothing left'

* When nothing is left, `next` raises `StopIteration`. So does `peek()`, while
  `peek(default)` returns `default`; it may be any value, `None` too. A default that is
  not needed changes nothing.
* Any value can be an item, `None`, `0` and `''` too. (Only `MISSING`, which stands for
  a default that was not given, never is.)
* It reads no earlier than it must. Making a `Peekable` reads no item. `peek` reads one
  item from the iterable unless one that was shown is still waiting. `next` takes the
  item that is waiting, or else reads one, and never a second one.
* The first `StopIteration` from the iterable's iterator is the end, no matter whether
  `next` or `peek` (with or without a default) met it. From then on a `Peekable` does
  not ask that iterator again, even if it would go on, and answers as above that nothing
  is left.

      >>> numbers = Peekable([7, 8])
      >>> next(numbers), numbers.peek(None)
      (7, 8)
      >>> list(numbers), numbers.peek(None) is None
      ([8], True)

## No shortcuts

Both are to be written as classes with the methods that iteration calls. One of the
tests reads your file, too. It wants both classes to work, and none of these in it:

* a generator, that is `yield`, `yield from`, or a generator expression such as
  `(n for n in ...)`;
* the name `range`, whatever it is used for: by itself, after a dot (`builtins.range`),
  in an import, as a name of your own.

Comments, docstrings and longer names such as `in_range` do not count. Comprehensions of
lists, sets and dicts are allowed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

MISSING: Any = object()  # stands for an argument that was not given


class Steps:
    """The numbers from `start` towards `stop`, `step` apart, without `stop` itself."""

    def __init__(self, start: int, stop: int, step: int = 1) -> None:
        """Keep the three numbers; raise ValueError for a step of 0."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[int]:
        """Return a new iterator that begins at `start`."""
        raise NotImplementedError


class Peekable:
    """An iterator over the items of `iterable` that can show the next one first."""

    def __init__(self, iterable: Iterable[Any]) -> None:
        """Get ready, without reading an item."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        """Return this iterator itself."""
        raise NotImplementedError

    def __next__(self) -> Any:
        """Take the next item and return it; raise StopIteration when none is left."""
        raise NotImplementedError

    def peek(self, default: Any = MISSING) -> Any:
        """Return the next item, which stays the next one.

        When nothing is left, return `default`, or raise StopIteration without one.
        """
        raise NotImplementedError
