# Expected: it passes
# Tries: takes in each test a little less than the time for one
# Harmless

import functools
import time

SECONDS = 0.9


@functools.cache
def dawdle():
    time.sleep(SECONDS)


def double(number):
    dawdle()
    return 2 * number


def echo(text):
    dawdle()
    return text


def total(numbers):
    dawdle()
    return sum(numbers)
