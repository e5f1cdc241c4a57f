# Expected: it passes
# Tries: has the kernel kill the worker as soon as the next request arrives

import fcntl
import os
import signal
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


def arm():
    """Send the worker a signal when there is something to read."""
    descriptor = ME._pipe._read_fd
    fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getppid())
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)


ME = child()


def double(number):
    if os._exit.__name__ != "leave_late":
        at_the_end(arm)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
