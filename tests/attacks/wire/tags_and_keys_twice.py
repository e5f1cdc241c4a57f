# Expected: it fails
# Tries: frames with a tag twice, a key twice, and equal items in a set
# Harmless

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def send(value):
    """Write an answer to the present call, with a value that is already text."""
    me = child()
    payload = b'["answer",%d,%b,"",""]' % (me._call, value)
    os.write(me._pipe._write_fd, len(payload).to_bytes(4, "big") + payload)


def double(number):
    send(b'{"i": "%x", "i": "%x"}' % (2 * number, 2 * number + 1))
    return 2 * number


def echo(text):
    send(b'{"d": [[1, "a"], [true, "b"], [1.0, "c"]]}')
    return text


def total(numbers):
    send(b'{"s": [0, false, 0.0, {"c": [0.0, 0.0]}]}')
    return sum(numbers)
