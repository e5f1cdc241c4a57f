# Expected: it gives a bad reply
# Tries: says in the middle of a test that the worker is up, broken, or loaded
# Harmless

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def send(payload):
    """Write one frame to the pipe that the answers take."""
    os.write(child()._pipe._write_fd, len(payload).to_bytes(4, "big") + payload)


def double(number):
    send(b'["broken", "the sandbox failed; this is not graded"]')
    return 2 * number


def echo(text):
    send(b'["ready", "9.9"]')
    return text


def total(numbers):
    send(b'["unloadable", {"bases": [], "frames": []}]')
    return sum(numbers)
