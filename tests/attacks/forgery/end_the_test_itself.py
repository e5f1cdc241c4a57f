# Expected: double crashes
# Tries: tells the judge that the test has ended well, and goes on
# Harmless

import sys


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            child._pipe.send(["ended", 0, True])
            return 2 * number
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
