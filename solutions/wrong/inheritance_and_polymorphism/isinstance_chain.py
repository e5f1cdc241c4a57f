# Mistake: two functions ask of which class an expression is, so they know no new classes. Caught by: test_unknown_classes
class Expression:
    def evaluate(self, env):
        return value_of(self, env)

    def derivative(self, name):
        return derivative_of(self, name)

    def __add__(self, other):
        return Sum(self, other)

    def __mul__(self, other):
        return Product(self, other)


class Number(Expression):
    def __init__(self, value):
        self.value = value


class Variable(Expression):
    def __init__(self, name):
        self.name = name


class Sum(Expression):
    def __init__(self, left, right):
        self.left = left
        self.right = right


class Product(Expression):
    def __init__(self, left, right):
        self.left = left
        self.right = right


class Negation(Product):
    def __init__(self, term):
        super().__init__(Number(-1), term)


def value_of(expression, env):
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Variable):
        if expression.name not in env:
            raise NameError(expression.name)
        return env[expression.name]
    if isinstance(expression, Sum):
        return value_of(expression.left, env) + value_of(expression.right, env)
    if isinstance(expression, Product):
        return value_of(expression.left, env) * value_of(expression.right, env)
    raise NotImplementedError


def derivative_of(expression, name):
    if isinstance(expression, Number):
        return Number(0)
    if isinstance(expression, Variable):
        return Number(int(expression.name == name))
    if isinstance(expression, Sum):
        return derivative_of(expression.left, name) + derivative_of(expression.right, name)
    if isinstance(expression, Product):
        first = derivative_of(expression.left, name) * expression.right
        second = expression.left * derivative_of(expression.right, name)
        return first + second
    raise NotImplementedError
