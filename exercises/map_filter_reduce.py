"""# map, filter and reduce rebuilt

Level: Intermediate

Three tools stand for the three things that one does most often with many values: do
something with each of them, keep some of them, combine all of them into one. Python has
them as `map`, `filter` and `functools.reduce`. You build them anew, under other names.

Wherever an *iterable* is given here, it is anything that a `for` loop can go through:
a list or a string, but also an iterator or a generator, which gives its items only once
and perhaps never comes to an end. Items can be any values.

## `lazy_map(func, *iterables)`

Returns an iterator over the results of `func`. `func` takes as many arguments as there
are iterables, and there is at least one. The first value is `func` of the first items
of all iterables, in the order of the iterables, the second one is `func` of their
second items, and so on. The shortest iterable decides how many values there are.

    >>> list(lazy_map(len, ["kiwi", "fig"]))
    [4, 3]
    >>> list(lazy_map(lambda letter, number: letter * number, "abcd", [3, 1, 2]))
    ['aaa', 'b', 'cc']

* It is lazy. The call of `lazy_map` takes no item and does not call `func`. For each
  value that is asked for, by `next` or by a loop, it takes one item from each of the
  iterables, from left to right, and then calls `func` once.
* The first iterable that has no item left is the end: those to the right of it are not
  asked for an item any more, and `func` is not called.

      >>> from itertools import count
      >>> letters = iter("abc")
      >>> labels = lazy_map(lambda text, number: f"{text}{number}", letters, count(1))
      >>> next(labels), next(labels), next(letters)
      ('a1', 'b2', 'c')
      >>> next(labels, "the end")
      'the end'

## `lazy_filter(predicate, iterable)`

Returns an iterator over those items of the iterable for which `predicate(item)` is
true, in their order. The predicate takes one argument and may return any value, which
is true if `bool` makes `True` of it. If `predicate` is `None`, the items that are true
themselves are kept.

    >>> list(lazy_filter(str.isupper, "aBcD"))
    ['B', 'D']
    >>> list(lazy_filter(None, [0, 1, "", "no", None]))
    [1, 'no']

* It is lazy, too. The call of `lazy_filter` takes no item. For each value that is asked
  for, it takes items one by one, up to the first one that is kept, and no more.
* The predicate is called once for each item that was taken.

      >>> squares = (number * number for number in count())
      >>> ending_in_six = lazy_filter(lambda square: square % 10 == 6, squares)
      >>> next(ending_in_six), next(ending_in_six), next(squares)
      (16, 36, 49)

## `fold(func, iterable, initial=MISSING)`

Combines all items into one value, from left to right. `func` takes two arguments, what
has been combined so far and the next item, and returns what has been combined then. It
begins with `initial` and the first item. Without `initial` it begins with the first and
the second item. `fold` returns what the last call of `func` has returned.

    >>> fold(lambda text, letter: f"({text}{letter})", "abcd")
    '(((ab)c)d)'
    >>> fold(lambda total, word: total + len(word), ["kiwi", "fig"], 100)
    107

* `MISSING`, which you find below, stands for an `initial` that was not given. Every
  other value is one that was given, also `None`, `0` and `""`.

      >>> fold(lambda before, item: [before, item], "ab", None)
      [[None, 'a'], 'b']

* Where there is nothing to combine, `func` is not called: a single item without
  `initial` is returned as it is, and so is `initial` if there are no items.
* With neither an item nor an `initial`, `fold` raises `TypeError`.

      >>> fold(max, [5]), fold(max, [], 7)
      (5, 7)

## No ready-made tools

One of the tests reads your file, too. It wants all three functions to work, and none of
the names `map`, `filter`, `itertools` and `functools` in it, whatever they are used
for: by themselves, after a dot (`builtins.map`), in an import, as a name of your own,
or as a whole string (`"map"`). Comments, longer strings such as docstrings, and longer
names such as `lazy_map` do not count. Everything else may be used: loops, `yield`,
comprehensions, `zip`, and other modules of the standard library.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

MISSING: Any = object()  # stands for an argument that was not given


def lazy_map(func: Callable[..., Any], *iterables: Iterable[Any]) -> Iterator[Any]:
    """Return an iterator over what `func` returns for the items of the iterables."""
    raise NotImplementedError


def lazy_filter(
    predicate: Callable[[Any], Any] | None,
    iterable: Iterable[Any],
) -> Iterator[Any]:
    """Return an iterator over the items for which the predicate is true."""
    raise NotImplementedError


def fold(
    func: Callable[[Any, Any], Any],
    iterable: Iterable[Any],
    initial: Any = MISSING,
) -> Any:
    """Return all items combined by `func`, from left to right."""
    raise NotImplementedError
