# Expected: double raises
# Tries: raises what Hypothesis itself uses to stop a search early
# Harmless


class StopTest(BaseException):
    """What ends an example in Hypothesis, by its name and module."""

    testcounter = 0


class Frozen(Exception):
    """What a finished example raises, by its name and module."""


StopTest.__module__ = Frozen.__module__ = "hypothesis.errors"


def double(number):
    raise (StopTest if number % 2 else Frozen)("enough examples")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
