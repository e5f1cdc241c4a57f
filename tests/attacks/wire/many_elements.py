# Expected: double gives too much
# Tries: an answer of a million elements


def double(number):
    return [0] * 1_000_000


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
