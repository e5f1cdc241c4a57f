# Expected: double fails
# Tries: leaves processes that take the requests of the tests after it

import os
import sys
import time


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def detached():
    """Fork; return True in a process that nobody waits for, False in this one."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


LEFT = []


def double(number):
    me = child()
    while len(LEFT) < 3:
        LEFT.append(number)
        if detached():
            time.sleep(0.3)
            while os.read(me._pipe._read_fd, 65536):
                pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
