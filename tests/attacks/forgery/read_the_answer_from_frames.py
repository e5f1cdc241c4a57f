# Expected: double fails
# Tries: looks for an expected value in the frames of its callers

import sys


def double(number):
    frame = sys._getframe()
    while frame is not None:
        for name, value in {**frame.f_globals, **frame.f_locals}.items():
            if "expect" in name.lower() or "secret" in name.lower():
                return value
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
