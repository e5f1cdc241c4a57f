# Mistake: `v - w` is computed as `w - v`. Caught by: test_arithmetic
"""A fixed row of numbers with the methods behind Python's operators."""

from collections.abc import Iterator
from typing import Any


class Vector:
    """A fixed row of numbers that can be added, multiplied and compared."""

    _components: tuple[float, ...]

    def __init__(self, *components: float) -> None:
        """Keep the components as they are."""
        object.__setattr__(self, "_components", components)  # since an assignment is refused

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a Vector cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a Vector cannot be changed")

    def __len__(self) -> int:
        """Return the number of components."""
        return len(self._components)

    def __getitem__(self, index: int | slice) -> "float | Vector":
        """Return the component at an index, or a vector of those in a slice."""
        if isinstance(index, slice):
            return Vector(*self._components[index])
        return self._components[index]

    def __iter__(self) -> Iterator[float]:
        """Return a new iterator over the components."""
        return iter(self._components)

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a vector with equal components."""
        if not isinstance(other, Vector):
            return NotImplemented
        return self._components == other._components

    def __hash__(self) -> int:
        """Return a number that is the same for equal vectors."""
        return hash(self._components)

    def __bool__(self) -> bool:
        """Tell whether there is a component other than 0."""
        return any(self._components)

    def __add__(self, other: "Vector") -> "Vector":
        """Return the vector of the sums."""
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(*(left + right for left, right in zip(self, other, strict=True)))

    def __sub__(self, other: "Vector") -> "Vector":
        """Return the vector of the differences."""
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(*(right - left for left, right in zip(self, other, strict=True)))

    def __neg__(self) -> "Vector":
        """Return the vector of the negated components."""
        return Vector(*(-component for component in self))

    def __mul__(self, number: float) -> "Vector":
        """Return the vector of the components times `number`."""
        if not isinstance(number, int | float):
            return NotImplemented
        return Vector(*(component * number for component in self))

    __rmul__ = __mul__

    def __matmul__(self, other: "Vector") -> float:
        """Return the dot product."""
        if not isinstance(other, Vector):
            return NotImplemented
        return sum(left * right for left, right in zip(self, other, strict=True))

    def __repr__(self) -> str:
        """Return source text that builds an equal vector."""
        return f"Vector({self._listed()})"

    def __str__(self) -> str:
        """Return the components in angle brackets."""
        return f"<{self._listed()}>"

    def _listed(self) -> str:
        return ", ".join(map(repr, self))
