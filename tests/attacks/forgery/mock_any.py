# Expected: double fails
# Tries: unittest.mock.ANY

from unittest.mock import ANY


def double(number):
    return ANY


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
