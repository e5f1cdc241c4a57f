# Expected: double raises
# Tries: skips the test as unittest would
# Harmless

import unittest


def double(number):
    raise unittest.SkipTest("not today")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
