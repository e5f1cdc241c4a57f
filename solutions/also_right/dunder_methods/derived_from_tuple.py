# Also right: a subclass of `tuple`, which gives length, loops, hash and immutability away, so that little is left to write.
from operator import add, mul, sub


def elementwise(operation):
    def method(self, other):
        if type(other) is not Vector:
            return NotImplemented
        if len(self) != len(other):
            raise ValueError("the vectors have different lengths")
        return Vector(*map(operation, self, other))

    return method


class Vector(tuple):
    __slots__ = ()  # no attributes at all

    def __new__(cls, *components):
        return super().__new__(cls, components)

    def __getitem__(self, index):
        found = super().__getitem__(index)
        return Vector(*found) if isinstance(index, slice) else found

    def __eq__(self, other):
        if type(other) is Vector:
            return tuple.__eq__(self, other)
        # `tuple` would compare its items if it were asked.
        return False if isinstance(other, tuple) else NotImplemented

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    __hash__ = tuple.__hash__

    def __bool__(self):
        return self.count(0) != len(self)

    __add__ = elementwise(add)
    __sub__ = elementwise(sub)

    def __radd__(self, other):
        # Else `tuple` would join the two.
        return NotImplemented if not isinstance(other, tuple) else self._refuse()

    def _refuse(self):
        raise TypeError("a vector can only be added to a vector")

    def __neg__(self):
        return Vector(*(0 - component for component in self))

    def __mul__(self, number):
        if type(number) not in (int, float):
            return NotImplemented
        return Vector(*(component * number for component in self))

    __rmul__ = __mul__

    def __matmul__(self, other):
        products = elementwise(mul)(self, other)
        return products if products is NotImplemented else sum(products)

    def __repr__(self):
        return "Vector" + self._joined("(", ")")

    def __str__(self):
        return self._joined("<", ">")

    def _joined(self, opening, closing):
        text = opening
        for position, component in enumerate(self):
            text += (", " if position else "") + repr(component)
        return text + closing
