# Expected: double gives a bad reply
# Tries: two processes that write parts of two answers by turns

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def double(number):
    pipe = child()._pipe._write_fd
    payload = b'["answer",%d,"%b","",""]' % (child()._call, b"x" * 100)
    frame = len(payload).to_bytes(4, "big") + payload
    for start in range(0, len(frame), 10):
        for _ in range(2):
            other = os.fork()
            if other == 0:
                os.write(pipe, frame[start : start + 10])
                os._exit(0)
            os.waitpid(other, 0)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
