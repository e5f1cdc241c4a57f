# Expected: double raises
# Tries: an exception whose class claims to be of every kind
# Harmless


class Meta(type):
    @property
    def __mro__(cls):
        return (cls, AssertionError, StopIteration, KeyboardInterrupt, ValueError, object)

    @property
    def __name__(cls):
        return "Passed"


class Trap(Exception, metaclass=Meta):
    pass


def double(number):
    raise Trap("1 passed")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
