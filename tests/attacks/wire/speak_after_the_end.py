# Expected: it passes
# Tries: goes on to answer when there is nothing more to be asked
# Harmless

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

        def go_on():
            for call in range(me._call, me._call + 300):
                me._pipe.send(["answer", call, number, "", ""])

        at_the_end(go_on)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
