# Expected: double fails
# Tries: replaces the arguments of each question by ones that are easy to answer
# Harmless

import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def make_easier(me):
    value = me._value
    me._value = lambda name, module, arguments: value(name, module, [0])


def double(number):
    make_easier(child())
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
