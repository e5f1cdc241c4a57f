# Expected: it passes
# Tries: keeps memory from ever being swapped out

import functools
import mmap

MAP_LOCKED = 0x2000


@functools.cache
def gain():
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_LOCKED
    try:
        mmap.mmap(-1, 64 * 1024, flags=flags)
    except OSError:
        return None
    return ["locked memory"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
