# Expected: double gives a bad reply
# Tries: writes without end, and never a frame

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def double(number):
    while True:
        os.write(child()._pipe._write_fd, b"x" * 65536)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
