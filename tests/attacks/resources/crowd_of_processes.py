# Expected: it passes
# Tries: starts a few more processes than there may be, and counts them

import functools
import os
import signal

MOST = 24


@functools.cache
def gain():
    children = []
    try:
        while len(children) < 2 * MOST:
            pid = os.fork()
            if pid == 0:
                signal.pause()
            children.append(pid)
    except OSError:
        pass
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return [f"{len(children)} processes"] if len(children) > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
