# Expected: it passes
# Tries: takes open files out of other processes by `pidfd_getfd`

import ctypes
import functools
import os

LIBC = ctypes.CDLL(None, use_errno=True)
PIDFD_GETFD = 438


@functools.cache
def gain():
    return [f"descriptor {fd} of {pid}" for pid in (os.getppid(), 1) for fd in stolen(pid)] or None


def stolen(pid):
    try:
        process = os.pidfd_open(pid)
    except OSError:
        return
    for descriptor in range(128):
        if LIBC.syscall(PIDFD_GETFD, process, descriptor, 0) >= 0:
            yield descriptor


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
