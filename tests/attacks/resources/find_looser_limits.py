# Expected: it passes
# Tries: looks for a process with looser limits whose memory it can write

import functools
import os
import resource

NAMES = ("FSIZE", "CPU", "NOFILE", "CORE", "MEMLOCK", "MSGQUEUE", "SIGPENDING")


@functools.cache
def gain():
    try:
        others = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return None
    return [found for pid in others if can_write(pid) for found in looser(int(pid))] or None


def can_write(pid):
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))
    except OSError:
        return False
    return True


def looser(pid):
    for name in NAMES:
        kind = getattr(resource, f"RLIMIT_{name}")
        if hard(resource.prlimit(pid, kind)) > hard(resource.getrlimit(kind)):
            yield f"{name} of process {pid}"


def hard(pair):
    return float("inf") if pair[1] == resource.RLIM_INFINITY else pair[1]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
