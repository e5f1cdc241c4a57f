# Expected: double raises
# Tries: raises the error of an assertion, with the text of a test that passed
# Harmless


def double(number):
    raise AssertionError("1 passed in 0.01s")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
