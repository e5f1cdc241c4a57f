# Expected: double passes; echo crashes; total gives a bad reply or passes
# Tries: ends its test and begins the next one, all by itself

import json
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
        me = child()

        def begin_the_next():
            me._pipe.send(["ended", 0, True])
            me._pipe.send(["loaded"])

        at_the_end(begin_the_next)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
