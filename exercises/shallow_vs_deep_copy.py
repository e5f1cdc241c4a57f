"""# Copy to a chosen depth

Level: Intermediate

`b = a` copies nothing, `b = list(a)` copies one level, and `copy.deepcopy(a)` copies
everything. In this exercise you write one function for all of these, and for what lies
between. You may add functions and classes of your own.

## `clone(value, depth=None)`

Lists, dicts and tuples are *containers* here. Everything else is a *leaf*: numbers,
strings and `None`, but also sets and objects of any class. (Objects of classes that are
derived from `list`, `dict` or `tuple` do not occur.) A container holds its items; those
of a dict are its values. `value` is a container or a leaf.

    >>> basket = {"fruit": ["apple", "pear"], "count": (2, [3, 4])}
    >>> full = clone(basket)
    >>> flat = clone(basket, depth=1)
    >>> basket["fruit"].append("plum")
    >>> basket["count"][1].append(5)
    >>> basket["nuts"] = 6
    >>> full
    {'fruit': ['apple', 'pear'], 'count': (2, [3, 4])}
    >>> flat
    {'fruit': ['apple', 'pear', 'plum'], 'count': (2, [3, 4, 5])}

For every copy, however deep:

* The copy of a list is a list, that of a dict a dict with the same keys in the same
  order, and that of a tuple a tuple, each with as many items as the original.
* Leaves are not copied: the copy has the very same objects in these places. So are the
  keys of dicts, whatever they are.
* The original stays as it is, and each call makes a new copy. Nothing that happens to a
  copied list or dict afterwards shows in the other one.
* Whether the copy of a tuple is a new object does not matter. What matters is what
  becomes of its items.

## Up to a depth

If `depth` is given and not `None`, it is an int from 0 on: how many levels are copied.

* With 0, the object itself comes back.
* With 1, the outer container is copied, and its items are the same objects as before.
  With 2, the containers directly inside it are copied, too, and so on. Lists, dicts and
  tuples count alike, each is one level.
* Containers below the last copied level are shared with the original, with all that is
  in them.

Here no container occurs in two places.

    >>> nested = [1, ([2], [3])]
    >>> levels = [clone(nested, depth) for depth in (0, 1, 2, 3)]
    >>> nested.append(4)
    >>> nested[1][0].append(5)
    >>> for copied in levels:
    ...     print(copied)
    [1, ([2, 5], [3]), 4]
    [1, ([2, 5], [3])]
    [1, ([2, 5], [3])]
    [1, ([2], [3])]

## All of it

Without `depth`, or with `None`, all containers are copied, however deep they lie. The
copy has no list and no dict in common with the original. And now a list or a dict may
occur in several places:

* Each list and each dict is copied once. Where the original has one and the same list
  (or dict) in several places, the copy has one and the same copy of it in these places.
  Where the original has two that are only equal, so has the copy.

      >>> row = [0, 0]
      >>> table = clone([row, row, [0, 0]])
      >>> table[0] is table[1], table[0] is table[2], table[0] is row
      (True, False, False)

* A list or dict may contain itself, directly or inside other containers, tuples too.
  Then its copy contains itself in the same way.

      >>> loop = [1]
      >>> loop.append({"again": (loop,)})
      >>> copied = clone(loop)
      >>> copied[1]["again"][0] is copied, copied is loop
      (True, False)

## Without the module `copy`

One of the tests reads your file, too. It wants `clone` to work, and none of these in
it:

* an import of `copy` or from `copy`, and an import of a name `copy` or `deepcopy` from
  any module;
* the name `deepcopy` in any other place, also after a dot;
* the string `"copy"`, with nothing else in it.

Methods such as `some_list.copy()`, comments, docstrings, and variables that are called
`copy` are allowed.
"""

from typing import Any


def clone(value: Any, depth: int | None = None) -> Any:
    """Return a copy of `value`, of all its levels or of the first `depth`."""
    raise NotImplementedError
