"""Arithmetic expressions, each of which computes and differentiates itself."""

from typing import Protocol


class Operand(Protocol):
    """What sums and products need of the things that they are made of."""

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the value, given those of the variables."""

    def derivative(self, name: str) -> "Operand":
        """Return the derivative with respect to the variable of that name."""


class Expression:
    """Any expression."""

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the value, given those of the variables."""
        raise NotImplementedError

    def derivative(self, name: str) -> Operand:
        """Return the derivative with respect to the variable of that name."""
        raise NotImplementedError

    def __add__(self, other: Operand) -> "Sum":
        """Return the sum of this expression and another one."""
        return Sum(self, other)

    def __mul__(self, other: Operand) -> "Product":
        """Return the product of this expression and another one."""
        return Product(self, other)


class Number(Expression):
    """A number."""

    def __init__(self, value: int) -> None:
        """Keep the number."""
        self.value = value

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the number, whatever the variables are."""
        return self.value

    def derivative(self, name: str) -> Operand:
        """Return 0."""
        return Number(0)


class Variable(Expression):
    """The value of a variable."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        self.name = name

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the variable's value; raise NameError if it has none."""
        if self.name not in env:
            raise NameError(f"{self.name} has no value")
        return env[self.name]

    def derivative(self, name: str) -> Operand:
        """Return 1 with respect to the variable itself, else 0."""
        return Number(1 if name == self.name else 0)


class Sum(Expression):
    """The sum of two expressions."""

    def __init__(self, left: Operand, right: Operand) -> None:
        """Keep the two operands."""
        self.left = left
        self.right = right

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the sum of the two values."""
        return self.left.evaluate(env) + self.right.evaluate(env)

    def derivative(self, name: str) -> Operand:
        """Return the sum of the two derivatives."""
        # Not with `+`, which the derivative of a foreign class need not have.
        return Sum(self.left.derivative(name), self.right.derivative(name))


class Product(Expression):
    """The product of two expressions."""

    def __init__(self, left: Operand, right: Operand) -> None:
        """Keep the two operands."""
        self.left = left
        self.right = right

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the product of the two values."""
        return self.left.evaluate(env) * self.right.evaluate(env)

    def derivative(self, name: str) -> Operand:
        """Return f' * g + f * g' for a product f * g."""
        return Sum(
            Product(self.left.derivative(name), self.right),
            Product(self.left, self.right.derivative(name)),
        )


class Negation(Product):
    """The product of -1 and a term."""

    def __init__(self, term: Operand) -> None:
        """Keep -1 and the term as the two operands."""
        super().__init__(Number(-1), term)
