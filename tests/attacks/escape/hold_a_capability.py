# Expected: it passes
# Tries: looks for a right of root that it has, or may come to have

import ctypes
import functools

LIBC = ctypes.CDLL(None, use_errno=True)
PR_CAPBSET_READ = 23
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2


@functools.cache
def gain():
    return by_bound() or by_status() or by_raising()


def by_bound():
    return [
        f"capability {one}" for one in range(41) if LIBC.prctl(PR_CAPBSET_READ, one, 0, 0, 0) == 1
    ] or None


def by_status():
    try:
        with open("/proc/self/status") as file:
            lines = [line.split() for line in file if line.startswith("Cap")]
    except OSError:
        return None
    return [" ".join(words) for words in lines if int(words[1], 16)] or None


def by_raising():
    raised = [
        one for one in range(41) if LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, one, 0, 0) == 0
    ]
    return [f"raised {one}" for one in raised] or None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
