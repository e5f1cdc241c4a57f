# Expected: it passes
# Tries: sets the clock, which is the same for the whole machine

import ctypes
import functools
import platform
import time

LIBC = ctypes.CDLL(None, use_errno=True)
CLOCK_SETTIME = {"x86_64": 227, "aarch64": 112}
ADJTIMEX = {"x86_64": 159, "aarch64": 171}
ADJ_TICK = 0x4000


@functools.cache
def gain():
    return by_setting() or by_adjusting()


def by_setting():
    try:
        time.clock_settime(time.CLOCK_REALTIME, time.time())
    except OSError:
        return None
    return ["set the clock"]


def by_adjusting():
    number = ADJTIMEX.get(platform.machine())
    words = (ctypes.c_long * 32)(ADJ_TICK)
    words[11] = 10_000  # as long as a tick is anyway
    return ["adjusted the clock"] if number and LIBC.syscall(number, words) >= 0 else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
