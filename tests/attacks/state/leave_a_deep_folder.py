# Expected: double fails
# Tries: leaves folders so deep that no path leads to the last of them

import functools
import os

DEPTH = 1500
SEEN = os.listdir(".")


@functools.cache
def leave():
    name = "d" * 100
    for _ in range(DEPTH):
        os.mkdir(name)
        os.chdir(name)


def double(number):
    leave()
    return 0


def echo(text):
    return "seen" if SEEN else text


def total(numbers):
    return -1 if SEEN else sum(numbers)
