# Expected: double raises
# Tries: raises what makes Hypothesis throw an example away


class UnsatisfiedAssumption(BaseException):
    pass


UnsatisfiedAssumption.__module__ = "hypothesis.errors"


def double(number):
    raise UnsatisfiedAssumption


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
