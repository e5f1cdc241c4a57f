# Attack: an answer of a million elements
# Expect: test_double=too_much_output test_echo=passed test_total=passed


def double(number):
    return [0] * 1_000_000


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
