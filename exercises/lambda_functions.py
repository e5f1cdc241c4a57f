"""# Small functions made on the fly

Level: Intermediate

`lambda number: number + 1` makes a function without a name, just where one is needed:
to be put into a list, to be handed to `sorted`, to be returned. You write three
functions that make small functions or need one. Whether you write these with `lambda`
or with `def` is up to you, and you may import from the standard library.

## `multipliers(factors)`

`factors` is a list of numbers. The result is a list of as many functions: the first one
takes a number and returns its product with the first factor, the second one the product
with the second factor, and so on. Without factors the list is empty.

    >>> double, negate = multipliers([2, -1])
    >>> double(5), negate(5), double(0.5)
    (10, -5, 1.0)

* What happens to the list `factors` after the call changes nothing: each function keeps
  the factor that it was made with.

      >>> factors = [10, 20]
      >>> times_ten, times_twenty = multipliers(factors)
      >>> factors.clear()
      >>> times_ten(3), times_twenty(3)
      (30, 60)

## `sort_by(records, fields)`

`records` is a list of dicts, and `fields` a list of strings that says how to sort them.
`"age"` sorts by what the dicts hold under the key `"age"`, the smallest first, and
`"-age"` by the same, the greatest first. The first string comes first: the second one
matters only for records that are equal in the first one, the third one only for those
that are equal in both, and so on. Records that are equal in all of them stay in the
order in which they came, whether a field is sorted upwards or downwards.

    >>> people = [
    ...     {"name": "Kim", "age": 30},
    ...     {"name": "Eve", "age": 25},
    ...     {"name": "Bob", "age": 30},
    ... ]
    >>> for person in sort_by(people, ["-age", "name"]):
    ...     print(person)
    {'name': 'Bob', 'age': 30}
    {'name': 'Kim', 'age': 30}
    {'name': 'Eve', 'age': 25}

* The result is a new list. It holds the very dicts of `records`, not copies. `records`,
  its dicts and `fields` stay as they are. This holds for empty lists, too: without
  fields the order stays as it is.
* Under one key all records hold ints, or all of them hold strings; values are compared
  as `<` compares them. Both kinds can be sorted upwards and downwards.

      >>> [person["name"] for person in sort_by(people, ["-name"])]
      ['Kim', 'Eve', 'Bob']

* Every record has all the keys that `fields` names, and may have more. A key does not
  begin with `-`, but it may contain one: `"e-mail"` and `"-e-mail"` sort by the key
  `"e-mail"`. No key is named twice.

## `all_of(*predicates)`

A predicate is a function whose answer says yes or no. `all_of` makes one function out
of any number of them, 0 included. That function takes any arguments, positional ones
and keywords, and asks the predicates: it passes all its arguments on to each of them.

    >>> is_short_word = all_of(str.isalpha, lambda text: len(text) < 5)
    >>> is_short_word("fig"), is_short_word("banana"), is_short_word("1 2")
    (True, False, False)

* A predicate may answer with any value. It is a yes if `bool` makes `True` of it:
  `1` and `"no"` are yes, `0`, `None` and `""` are no.
* The result is `True` if all say yes, else `False`: always one of these two objects and
  not the answer of a predicate. Without predicates it is `True`.

      >>> all_of(len)("fig"), all_of(len)(""), all_of()("fig", color="green")
      (True, False, True)

* The predicates are asked from left to right, each at most once, and none after the
  first one that says no.

      >>> is_short_list = all_of(lambda it: type(it) is list, lambda it: len(it) < 3)
      >>> is_short_list([1, 2]), is_short_list(5)
      (True, False)

* The function can be called as often as one likes, and asks anew each time.
"""

from collections.abc import Callable
from typing import Any


def multipliers(factors: list[float]) -> list[Callable[[float], float]]:
    """Return a list of functions; each multiplies a number by one of the factors."""
    raise NotImplementedError


def sort_by(records: list[dict[str, Any]], fields: list[str]) -> list[dict[str, Any]]:
    """Return the records sorted by several fields, downwards by those with a `-`."""
    raise NotImplementedError


def all_of(*predicates: Callable[..., Any]) -> Callable[..., bool]:
    """Return a function that tells whether all predicates say yes."""
    raise NotImplementedError
