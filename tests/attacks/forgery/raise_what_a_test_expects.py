# Expected: double gives a bad reply
# Tries: reports an exception that is of every kind and of no call, for a test that expects one
# Harmless

import sys

BASES = ["builtins.ValueError", "builtins.AssertionError", "unittest.case.SkipTest"]


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            failure = {"type": "Skipped", "bases": BASES, "message": "passed", "frames": []}
            child._pipe.send(["raised", child._call + 1, failure])
            return 2 * number
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
