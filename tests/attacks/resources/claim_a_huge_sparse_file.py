# Expected: it passes
# Tries: makes a file of a terabyte that takes no room
# Harmless

import functools
import os


@functools.cache
def gain():
    with open("sparse", "wb") as file:
        try:
            os.truncate(file.fileno(), 1 << 40)
        except OSError:
            return None
    return ["a file of a terabyte"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
