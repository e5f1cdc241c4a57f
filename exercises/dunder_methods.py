"""# A vector that behaves like a number

Level: Intermediate

`a + b`, `len(items)` and `if items:` look like syntax, yet behind each of them Python
calls a method: `__add__`, `__len__`, `__bool__`. A class that has these methods can be
used like what is built in. In this exercise you write one: `Vector`, a fixed row of
numbers. You may add methods and functions of your own, and you may import from the
standard library.

    >>> v = Vector(1, 2.5)
    >>> v + Vector(3, 4)
    Vector(4, 6.5)
    >>> 2 * v, -v, v @ v
    (Vector(2, 5.0), Vector(-1, -2.5), 7.25)
    >>> print(v)
    <1, 2.5>

## What it holds

`Vector(*components)` takes any number of components, also none at all. Each is an int
or a float; that is what *number* means in this task. (No bools, nothing infinite, no
NaN.) A vector keeps its components as they were given: an int stays an int.

* `len(v)` is the number of components.
* `v[i]` is one component, a number. A negative `i` counts from the end. An `i` beyond
  either end raises `IndexError`.
* `v[start:stop:step]` and all other slices are Vectors, with the components that the
  same slice of a list would have.
* A loop over `v` gives the components in order. Every loop begins at the first one,
  even inside another loop over the same vector.

      >>> v[-1], v[:1], list(v)
      (2.5, Vector(1), [1, 2.5])

## Arithmetic

Here `w` is a vector of the same length as `v`, and `n` is a number.

* `v + w` and `v - w` are Vectors: the sums and the differences of the components that
  stand in the same place.
* `-v` is a Vector of the negated components.
* `v * n` and `n * v` are Vectors: each component times `n`.
* `v @ w` is a number, the dot product: the sum of the products of the components that
  stand in the same place, and 0 for two empty vectors.

The numbers in a result are those that Python's own operators give, so ints give ints.
The tests use floats that are computed without rounding, so it does not matter in which
order you add them up.

The operands stay as they were. That also goes for `v += w` and the like: afterwards the
name `v` stands for a new vector, and whoever holds the old one sees no change.

If `w` has another length than `v`, then `v + w`, `v - w` and `v @ w` raise
`ValueError`.

## Foreign operands

Everything else is foreign. For `+`, `-` and `@` that is all that is no `Vector`: a
number, a list or a tuple, too. For `*` it is all that is no number; a `Vector`, too, so
`v * w` does not exist.

Your methods do not refuse a foreign operand by themselves. They return the value
`NotImplemented`. Python then asks the class of the other operand for its `__radd__`,
`__rsub__`, `__rmul__` or `__rmatmul__`, and raises `TypeError` only if there is none.
When the foreign operand stands on the left, as in `1 + v`, the result is a `TypeError`
as well.

    >>> class Nothing:
    ...     def __radd__(self, left):
    ...         return left
    >>> v + Nothing()
    Vector(1, 2.5)
    >>> v + 1
    Traceback (most recent call last):
    ...
    TypeError: unsupported operand type(s) for +: 'Vector' and 'int'

## Equality and hash

* Two vectors are equal if they have the same length and equal numbers in the same
  places; `1` and `1.0` are equal numbers. `!=` says the opposite.
* Equal vectors have equal hashes, so that sets and dicts take them for the same key.
* Whatever is no `Vector` is foreign here, too: `v == (1, 2.5)` is False. But the other
  class is asked first, so it depends on its `__eq__`, if there is one.

      >>> Vector(1) == Vector(1.0), Vector(1) == Vector(1, 0), Vector(1) == [1]
      (True, False, False)
      >>> {Vector(1): "found"}[Vector(1.0)]
      'found'

## Truth

A vector is false if all its components are 0, as those of `Vector()` are. Any other
vector is true.

      >>> bool(Vector(0, 0.0)), bool(Vector(0, 3))
      (False, True)

## Text

`repr(v)` is source text that builds an equal vector: `Vector(1, 2.5)`, or `Vector()`
for the empty one. `str(v)` is `<1, 2.5>`, or `<>`. The numbers are written as `repr`
writes them, with `, ` (a comma and a blank) in between.

## Nothing can be changed

* `v[0] = 5` and `del v[0]` raise `TypeError`, for slices as well.
* `v.name = 5` and `del v.name` raise `AttributeError`, whatever the name is. That holds
  for the attributes in which your class keeps its data, too.

(There are always ways around this, such as `object.__setattr__`. Your class may use
them itself; the tests do not.)
"""

from collections.abc import Iterator


class Vector:
    """A fixed row of numbers that can be added, multiplied and compared."""

    def __init__(self, *components: float) -> None:
        """Keep the components as they are."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Return the number of components."""
        raise NotImplementedError

    def __getitem__(self, index: int | slice) -> "float | Vector":
        """Return the component at an index, or a vector of those in a slice."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[float]:
        """Return a new iterator over the components."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a vector with equal components."""
        raise NotImplementedError

    def __hash__(self) -> int:
        """Return a number that is the same for equal vectors."""
        raise NotImplementedError

    def __bool__(self) -> bool:
        """Tell whether there is a component other than 0."""
        raise NotImplementedError

    def __add__(self, other: "Vector") -> "Vector":
        """Return the vector of the sums."""
        raise NotImplementedError

    def __sub__(self, other: "Vector") -> "Vector":
        """Return the vector of the differences."""
        raise NotImplementedError

    def __neg__(self) -> "Vector":
        """Return the vector of the negated components."""
        raise NotImplementedError

    def __mul__(self, number: float) -> "Vector":
        """Return the vector of the components times `number`."""
        raise NotImplementedError

    def __rmul__(self, number: float) -> "Vector":
        """Return the vector of the components times `number`, here on the left."""
        raise NotImplementedError

    def __matmul__(self, other: "Vector") -> float:
        """Return the dot product."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """Return source text that builds an equal vector."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Return the components in angle brackets."""
        raise NotImplementedError
