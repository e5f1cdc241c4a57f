# Expected: it gives a bad reply
# Tries: begins a frame that takes up the real answer
# Harmless

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def begin(size, start):
    """Write the length of a frame and the first of it; the rest is what follows."""
    os.write(child()._pipe._write_fd, size.to_bytes(4, "big") + start)


def double(number):
    begin(12, b"[")
    return 2 * number


def echo(text):
    begin(0, b"")
    os.write(child()._pipe._write_fd, b"\0\0\0\2[]")
    return text


def total(numbers):
    begin(14, b'["answer",')
    return sum(numbers)
