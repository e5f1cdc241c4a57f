# Expected: it passes
# Tries: opens a few more files than it may, and counts them
# Harmless

import functools
import os

MOST = 256


@functools.cache
def gain():
    hoard = []
    try:
        while len(hoard) < 2 * MOST:
            hoard.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass
    for descriptor in hoard:
        os.close(descriptor)
    return [f"{len(hoard)} open files"] if len(hoard) > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
