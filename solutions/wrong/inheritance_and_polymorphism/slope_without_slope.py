# Mistake: the derivative of a product can be evaluated and not be differentiated again. Caught by: test_second_derivatives
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
        if name == self.name:
            return Number(1)
        return Number(0)


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
        return Slope(self, name)


class Negation(Product):
    def __init__(self, term):
        super().__init__(Number(-1), term)


class Slope(Expression):
    def __init__(self, product, name):
        self.product = product
        self.name = name

    def evaluate(self, env):
        left, right = self.product.left, self.product.right
        first = left.derivative(self.name).evaluate(env) * right.evaluate(env)
        return first + left.evaluate(env) * right.derivative(self.name).evaluate(env)
