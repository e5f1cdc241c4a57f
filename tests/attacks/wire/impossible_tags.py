# Expected: it gives a bad reply
# Tries: values of tags with a content that cannot be: a list as a key, words as a number
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


def answer(value):
    """Return the payload of an answer to the present call, with a value that is already text."""
    return b'["answer",%d,%b,"",""]' % (child()._call, value)


def double(number):
    send(answer(b'{"i": "zz"}'))
    return 2 * number


def echo(text):
    send(answer(b'{"d": [[[1], 2]]}'))
    return text


def total(numbers):
    send(answer(b'{"o": [{"t": []}, 7]}'))
    return sum(numbers)
