# Expected: double gives too much
# Tries: says that it has printed too much, and goes on
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
    send("flooded", child()._call)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
