# Attack: an answer of many megabytes
# Expect: test_double=too_much_output test_echo=passed test_total=passed


def double(number):
    return "x" * 10_000_000


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
