# Expected: double gives a bad reply; echo crashes; total crashes
# Tries: says that it has ended, with a status that there is not, or not clean
# Harmless

import json
import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def send(*message):
    """Write one frame to the pipe that the answers take."""
    payload = json.dumps(message).encode()
    os.write(child()._pipe._write_fd, len(payload).to_bytes(4, "big") + payload)


def double(number):
    send("ended", 300, True)
    return 2 * number


def echo(text):
    send("ended", 0, False)
    return text


def total(numbers):
    send("ended", -9, True)
    return sum(numbers)
