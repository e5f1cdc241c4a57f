# Expected: it does not load
# Tries: forks while it is imported; the parent ends, the child carries on

import os

if os.fork():
    os._exit(0)


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
