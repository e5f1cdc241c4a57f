# Expected: it passes
# Tries: makes the worker's pipe fail where it would wait, for the tests after it

import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def at_the_end(action):
    """Have something done when this process ends, after the test's last question."""
    leave = os._exit

    def leave_late(status):
        os._exit = leave
        action()
        leave(status)

    os._exit = leave_late


def double(number):
    if os._exit.__name__ != "leave_late":
        pipe = child()._pipe
        at_the_end(lambda: os.set_blocking(pipe._read_fd, False))
        os.set_blocking(pipe._write_fd, False)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
