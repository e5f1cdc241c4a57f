# Expected: double times out
# Tries: a match that tries all of 2**60 ways
# Harmless

import re


def double(number):
    return re.fullmatch("(a+)+b", "a" * 60)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
