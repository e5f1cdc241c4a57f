# Also right: derivatives are simplified while they are built, and a negation computes itself.
class Expression:
    constant = None  # the value of what is known to be a number

    def evaluate(self, env):
        raise NotImplementedError

    def derivative(self, name):
        raise NotImplementedError

    def __add__(self, other):
        return Sum(self, other)

    def __mul__(self, other):
        return Product(self, other)


class Number(Expression):
    def __init__(self, value):
        self.value = self.constant = value

    def evaluate(self, env):
        return self.value

    def derivative(self, name):
        return ZERO


ZERO = Number(0)
ONE = Number(1)


def constant_of(expression):
    return getattr(expression, "constant", None)


def plus(left, right):
    if constant_of(left) == 0:
        return right
    if constant_of(right) == 0:
        return left
    return Sum(left, right)


def times(left, right):
    if 0 in (constant_of(left), constant_of(right)):
        return ZERO
    if constant_of(left) == 1:
        return right
    return left if constant_of(right) == 1 else Product(left, right)


class Variable(Expression):
    def __init__(self, name):
        self.name = name

    def evaluate(self, env):
        for name, value in env.items():
            if name == self.name:
                return value
        raise NameError(self.name)

    def derivative(self, name):
        return ONE if name == self.name else ZERO


class Sum(Expression):
    def __init__(self, left, right):
        self.left, self.right = left, right

    def evaluate(self, env):
        return sum([self.left.evaluate(env), self.right.evaluate(env)])

    def derivative(self, name):
        return plus(self.left.derivative(name), self.right.derivative(name))


class Product(Expression):
    def __init__(self, left, right):
        self.left, self.right = left, right

    def evaluate(self, env):
        return self.right.evaluate(env) * self.left.evaluate(env)

    def derivative(self, name):
        return plus(
            times(self.left, self.right.derivative(name)),
            times(self.left.derivative(name), self.right),
        )


class Negation(Product):
    left = Number(-1)

    def __init__(self, term):
        self.right = term

    def evaluate(self, env):
        return -self.right.evaluate(env)

    def derivative(self, name):
        return Negation(self.right.derivative(name))
