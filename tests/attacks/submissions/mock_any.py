# Attack: unittest.mock.ANY
# Expect: test_double=failed test_echo=passed test_total=passed

from unittest.mock import ANY


def double(number):
    return ANY


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
