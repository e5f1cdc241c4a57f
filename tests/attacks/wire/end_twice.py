# Expected: it passes
# Tries: says itself that the test has ended, so that the worker says it a second time
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
        at_the_end(lambda: me._pipe.send(["ended", 0, True]))
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
