# Expected: double gives a bad reply
# Tries: gives two answers to each question, one of which may fit the next
# Harmless

import sys


def double(number):
    frame = sys._getframe()
    while frame is not None:
        child = frame.f_locals.get("self")
        if type(child).__name__ == "Child":
            child._pipe.send(["answer", child._call, 2 * number, "", ""])
            return 0
        frame = frame.f_back
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
