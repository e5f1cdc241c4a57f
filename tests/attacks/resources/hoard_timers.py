# Expected: it passes
# Tries: makes timers without end, each of which holds a signal ready

import ctypes
import functools

LIBC = ctypes.CDLL(None, use_errno=True)
MOST = 256
CLOCK_MONOTONIC = 1


@functools.cache
def gain():
    count = 0
    while count < 2 * MOST:
        timer = ctypes.c_void_p()
        if LIBC.timer_create(CLOCK_MONOTONIC, None, ctypes.byref(timer)) != 0:
            break
        count += 1
    return [f"{count} timers"] if count > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
