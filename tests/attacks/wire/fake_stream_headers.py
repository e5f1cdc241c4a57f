# Expected: it gives a bad reply
# Tries: writes the engine's own headers, so that its output is taken apart wrongly
# Harmless

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def write(stream, payload):
    """Write what the engine would send for a block of a container's stream."""
    frame = len(payload).to_bytes(4, "big") + payload
    header = bytes([stream, 0, 0, 0]) + len(frame).to_bytes(4, "big")
    os.write(child()._pipe._write_fd, header + frame)


def double(number):
    write(1, b'["answer",%d,%d,"",""]' % (child()._call, 2 * number))
    return 0


def echo(text):
    write(2, b"this goes to standard error")
    return text


def total(numbers):
    write(3, b'["answer",%d,0,"",""]' % child()._call)
    return sum(numbers)
