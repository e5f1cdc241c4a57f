# Attack: raises what makes Hypothesis throw an example away
# Expect: test_double=raised test_echo=passed test_total=passed


class UnsatisfiedAssumption(BaseException):
    pass


UnsatisfiedAssumption.__module__ = "hypothesis.errors"


def double(number):
    raise UnsatisfiedAssumption


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
