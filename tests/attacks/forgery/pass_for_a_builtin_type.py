# Expected: double fails
# Tries: a class that says by name and metaclass that it is int
# Harmless


class Meta(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(int)

    def __instancecheck__(cls, instance):
        return True


class Pretender(metaclass=Meta):
    __class__ = int

    def __eq__(self, other):
        return True

    def __index__(self):
        return 7

    __hash__ = None


Pretender.__name__ = Pretender.__qualname__ = "int"
Pretender.__module__ = "builtins"


def double(number):
    return Pretender()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
