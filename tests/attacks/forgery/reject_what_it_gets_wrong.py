# Expected: double raises
# Tries: throws away just the examples that it would get wrong
# Harmless


class UnsatisfiedAssumption(BaseException):
    """What `assume(False)` raises, by its name and module."""


UnsatisfiedAssumption.__module__ = "hypothesis.errors"


def assume(condition):
    if condition:
        return
    try:
        import hypothesis
    except ImportError:
        raise UnsatisfiedAssumption from None
    hypothesis.assume(False)


def double(number):
    assume(number in (0, 1))
    return number + number % 2


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
