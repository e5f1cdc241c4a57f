# Expected: it gives a bad reply
# Tries: pickled, marshalled and dumped answers, which run code where they are loaded
# Harmless

import marshal
import os
import pickle
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


class Trap:
    def __reduce__(self):
        return os.system, ("touch ${TMPDIR:-/tmp}/unpickled",)


def double(number):
    send(pickle.dumps(Trap(), protocol=0))
    return 2 * number


def echo(text):
    send(marshal.dumps(["answer", child()._call, text]))
    return text


def total(numbers):
    send(b"__import__('os').system('touch $TMPDIR/evaluated')")
    return sum(numbers)
