# Expected: echo passes or crashes; total passes or crashes
# Tries: opens the pipe of the questions to write, and orders tests of its own

import json
import os
import sys


def child():
    """Return the worker's own object that speaks with the judge."""
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Child":
        frame = frame.f_back
    return frame.f_locals["self"]


def order_tests():
    """Write requests for the worker; with Docker the pipe is the submission's, elsewhere not."""
    payload = json.dumps(["test"]).encode()
    try:
        # Under /proc a pipe can be opened anew, in the other direction.
        with open(f"/proc/self/fd/{ME._pipe._read_fd}", "wb", 0) as questions:
            questions.write((len(payload).to_bytes(4, "big") + payload) * 20)
    except OSError:
        pass


ME = child()


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
        at_the_end(order_tests)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
