# Also right: a frozen dataclass around a tuple, and one loop for everything that takes two vectors.
import operator
from dataclasses import dataclass
from functools import reduce
from numbers import Real


@dataclass(frozen=True, init=False, repr=False)
class Vector:
    values: tuple

    def __init__(self, *components):
        object.__setattr__(self, "values", components)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, index):
        found = self.values[index]
        return Vector(*found) if isinstance(found, tuple) else found

    def __iter__(self):
        for position in range(len(self)):
            yield self[position]

    def __bool__(self):
        return any(component != 0 for component in self)

    def _pairwise(self, operation, other):
        if len(self) != len(other):
            raise ValueError(f"a vector of {len(self)} and one of {len(other)} components")
        return [operation(self[i], other[i]) for i in range(len(self))]

    def __add__(self, other):
        if isinstance(other, Vector):
            return Vector(*self._pairwise(operator.add, other))
        return NotImplemented

    def __sub__(self, other):
        if isinstance(other, Vector):
            return self + -other
        return NotImplemented

    def __neg__(self):
        return -1 * self

    def __mul__(self, number):
        if isinstance(number, Real):
            return Vector(*[number * component for component in self])
        return NotImplemented

    def __rmul__(self, number):
        return self.__mul__(number)

    def __matmul__(self, other):
        if isinstance(other, Vector):
            return reduce(operator.add, self._pairwise(operator.mul, other), 0)
        return NotImplemented

    def __repr__(self):
        return "Vector({})".format(", ".join(str(component) for component in self))

    def __str__(self):
        return repr(self).replace("Vector(", "<").replace(")", ">")
