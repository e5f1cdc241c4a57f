"""# Expressions that differentiate themselves

Level: Intermediate

An expression such as `x * x + 3` is a tree: a sum of a product and a number. In this
exercise you write a class for each kind of node. Every class knows how to compute its
own value and how to differentiate itself, so nobody ever has to ask of which kind an
expression is, and new kinds can be added without a change to the old ones. You may add
methods, functions and classes of your own.

    >>> x = Variable("x")
    >>> parabola = x * x + Number(3)
    >>> parabola.evaluate({"x": 5})
    28
    >>> parabola.derivative("x").evaluate({"x": 5})
    10

## The classes

| class | stands for |
|---|---|
| `Expression()` | any expression; the base class of all others |
| `Number(value)` | an int |
| `Variable(name)` | the value that a variable, such as `"x"`, has |
| `Sum(left, right)` | left + right |
| `Product(left, right)` | left * right |
| `Negation(term)` | -1 times the term |

Each object keeps what it was made from in attributes of the same names: `value`,
`name`, `left` and `right`. The operands of sums and products, and the term of a
negation, are expressions; they are kept as they are, not copied.

`Number`, `Variable`, `Sum` and `Product` are derived from `Expression`. `Negation` is
derived from `Product`, since that is what it is: its `left` is an expression with the
value -1, in whatever environment, and its `right` is the term. The classes below have
no base classes yet; that is for you to add.

    >>> isinstance(Negation(x), Product), isinstance(Negation(x), Expression)
    (True, True)
    >>> Negation(x).right is x
    True

## What every expression can do

`evaluate(env)` returns the value, an int. `env` is a dict that maps names of variables
to ints. All variables that occur in an expression must be in it, also those that are
multiplied by 0; if one is missing, `evaluate` raises `NameError`. Names in `env` that
do not occur do no harm.

    >>> y = Variable("y")
    >>> (Number(0) * y).evaluate({"x": 1})
    Traceback (most recent call last):
        ...
    NameError: y has no value

(The wording is yours.)

`derivative(name)` returns the derivative with respect to the variable of that name. It
is an expression, so it can be evaluated and differentiated again. The rules are:

* The derivative of a number is 0.
* The derivative of a variable is 1 with respect to itself, and 0 with respect to all
  other names.
* The derivative of a sum is the sum of the derivatives: (f + g)' = f' + g'.
* For a product it is (f * g)' = f' * g + f * g'.

What the derivative looks like does not matter: with respect to `x`, that of `x * x` may
be `x + x` or `1 * x + x * 1`. The tests only evaluate it, with an `env` that has all
the variables of the expression.

    >>> cube = x * x * x + y
    >>> cube.derivative("x").derivative("x").evaluate({"x": 2, "y": 7})
    12
    >>> cube.derivative("y").evaluate({"x": 2, "y": 7})
    1

In `Expression` itself both methods raise `NotImplementedError`: an `Expression()` can
be made, but neither evaluated nor differentiated. The same is true of an object of a
subclass, for that method of the two which the subclass does not define.

`+` and `*` between expressions give a `Sum` and a `Product` with these two as `left`
and `right`. They are written once, in `Expression`, and all the other classes inherit
them.

    >>> total = x + y
    >>> type(total) is Sum, total.left is x, total.right is y
    (True, True, True)

## Classes that you do not know

Others may derive classes of their own from `Expression`, with an `evaluate` and a
`derivative` of their own. Objects of such classes can be used wherever an expression
can, and inherit `+` and `*` as well.

Even objects of a foreign class, which has these two methods and is not derived from
`Expression`, must work in every place where they are an operand: in `Sum`, in
`Product`, in `Negation`, and on the right-hand side of `+` and `*`. They have nothing
but the two methods. The same holds for their derivatives.

    >>> class Square:
    ...     def evaluate(self, env):
    ...         return env["x"] ** 2
    ...     def derivative(self, name):
    ...         return Constant(0) if name != "x" else Sum(x, x)
    >>> class Constant:
    ...     def __init__(self, value):
    ...         self.value = value
    ...     def evaluate(self, env):
    ...         return self.value
    ...     def derivative(self, name):
    ...         return Constant(0)
    >>> mixed = x * Square() + Constant(4)
    >>> mixed.evaluate({"x": 3}), mixed.derivative("x").evaluate({"x": 3})
    (31, 27)
    >>> mixed.derivative("y").evaluate({"x": 3})
    0
"""

from typing import Any


class Expression:
    """Any expression."""

    def evaluate(self, env: dict[str, int]) -> int:
        """Return the value, given those of the variables."""
        raise NotImplementedError

    def derivative(self, name: str) -> Any:
        """Return the derivative with respect to the variable of that name."""
        raise NotImplementedError

    def __add__(self, other: Any) -> "Sum":
        """Return the sum of this expression and another one."""
        raise NotImplementedError

    def __mul__(self, other: Any) -> "Product":
        """Return the product of this expression and another one."""
        raise NotImplementedError


class Number:
    """A number."""

    def __init__(self, value: int) -> None:
        """Keep the number."""
        raise NotImplementedError


class Variable:
    """The value of a variable."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        raise NotImplementedError


class Sum:
    """The sum of two expressions."""

    def __init__(self, left: Any, right: Any) -> None:
        """Keep the two operands."""
        raise NotImplementedError


class Product:
    """The product of two expressions."""

    def __init__(self, left: Any, right: Any) -> None:
        """Keep the two operands."""
        raise NotImplementedError


class Negation:
    """The product of -1 and a term."""

    def __init__(self, term: Any) -> None:
        """Keep -1 and the term as the two operands."""
        raise NotImplementedError
