# Expected: it passes
# Tries: looks for a namespace that is the host's first one

import functools
import os

# The numbers that the kernel gives to the namespaces of its first process (linux/nsfs.h).
FIRST = {
    "ipc": 0xEFFFFFFF,
    "uts": 0xEFFFFFFE,
    "pid": 0xEFFFFFFC,
    "cgroup": 0xEFFFFFFB,
    "net": 0xEFFFFFF9,
    "mnt": 0xEFFFFFF8,
}


@functools.cache
def gain():
    return [
        name for name, number in FIRST.items() if namespace(name) == f"{name}:[{number}]"
    ] or None


def namespace(name):
    try:
        return os.readlink(f"/proc/self/ns/{name}")
    except OSError:
        return ""


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
