# Expected: double gives too much
# Tries: an answer of many megabytes


def double(number):
    return "x" * 10_000_000


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
