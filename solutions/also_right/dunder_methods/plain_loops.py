# Also right: loops over a private list, and attributes that can be set only until the vector is ready.
class Vector:
    __slots__ = ("__numbers", "__ready")

    def __init__(self, *numbers):
        self.__numbers = list(numbers)
        self.__ready = True

    def __setattr__(self, name, value):
        if hasattr(self, "_Vector__ready"):
            raise AttributeError(name)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        raise AttributeError(f"{name} stays")

    @property
    def size(self):
        return len(self.__numbers)

    def __len__(self):
        return self.size

    def __getitem__(self, i):
        if not isinstance(i, slice):
            return self.__numbers[i]
        result = []
        for index in range(*i.indices(self.size)):
            result.append(self.__numbers[index])
        return Vector(*result)

    def __iter__(self):
        return iter(self.__numbers[:])

    def __eq__(self, other):
        if isinstance(other, Vector):
            if len(self) != len(other):
                return False
            for mine, yours in zip(self, other):
                if mine != yours:
                    return False
            return True
        return NotImplemented

    def __hash__(self):
        result = self.size
        for number in self:
            result = hash((result, number))
        return result

    def __bool__(self):
        for number in self:
            if number:
                return True
        return False

    def __combine(self, other, sign):
        if not isinstance(other, Vector):
            return NotImplemented
        if self.size != other.size:
            raise ValueError
        result = []
        for i in range(self.size):
            result.append(self[i] + sign * other[i])
        return Vector(*result)

    def __add__(self, other):
        return self.__combine(other, 1)

    def __sub__(self, other):
        return self.__combine(other, -1)

    def __neg__(self):
        return self * -1

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Vector(*[other * number for number in self])
        return NotImplemented

    def __rmul__(self, other):
        return self * other

    def __matmul__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        if self.size != other.size:
            raise ValueError
        total = 0
        for i in range(self.size):
            total += self[i] * other[i]
        return total

    def __repr__(self):
        return f"Vector({str(self)[1:-1]})"

    def __str__(self):
        return "<" + str(self.__numbers).strip("[]") + ">"
