# Expected: it passes
# Tries: looks for processes that are not its own

import functools
import os

MOST = 24


@functools.cache
def gain():
    reachable = 0
    for pid in range(1, 1 << 16):
        try:
            os.kill(pid, 0)
            reachable += 1
        except ProcessLookupError:
            continue
        except PermissionError:
            return [f"process {pid} of another user"]
    return [f"{reachable} processes"] if reachable > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
