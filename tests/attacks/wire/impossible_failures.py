# Expected: it gives a bad reply
# Tries: reports of exceptions with lists for texts and lines below zero
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
    send(b'["raised", %d, {"d": [["bases", 7]]}]' % child()._call)
    return 2 * number


def echo(text):
    send(
        b'["raised", %d, {"d": [["bases", []], ["frames", [["f", -1, "g", ""]]]]}]' % child()._call
    )
    return text


def total(numbers):
    send(b'["ended", 99999, true]')
    return sum(numbers)
