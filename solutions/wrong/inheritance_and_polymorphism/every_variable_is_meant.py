# Mistake: the derivative of every variable is 1, whatever the name is. Caught by: test_derivatives
class Expression:
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
        self.value = value

    def evaluate(self, env):
        return self.value

    def derivative(self, name):
        return Number(0)


class Variable(Expression):
    def __init__(self, name):
        self.name = name

    def evaluate(self, env):
        if self.name in env:
            return env[self.name]
        raise NameError(self.name)

    def derivative(self, name):
        return Number(1)


class Sum(Expression):
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def evaluate(self, env):
        return self.left.evaluate(env) + self.right.evaluate(env)

    def derivative(self, name):
        return Sum(self.left.derivative(name), self.right.derivative(name))


class Product(Expression):
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def evaluate(self, env):
        return self.left.evaluate(env) * self.right.evaluate(env)

    def derivative(self, name):
        first = Product(self.left.derivative(name), self.right)
        second = Product(self.left, self.right.derivative(name))
        return Sum(first, second)


class Negation(Product):
    def __init__(self, term):
        super().__init__(Number(-1), term)
