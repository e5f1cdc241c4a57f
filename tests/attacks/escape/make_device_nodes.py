# Expected: it passes
# Tries: makes a node for the host's disk or memory

import functools
import os
import stat

NODES = {
    "disk": (stat.S_IFBLK, 254, 0),
    "other": (stat.S_IFBLK, 8, 0),
    "memory": (stat.S_IFCHR, 1, 1),
}


@functools.cache
def gain():
    return [
        f"{folder}/{name}"
        for folder in ("/tmp", "/dev/shm", "/dev")
        for name in NODES
        if makes(folder, name)
    ] or None


def makes(folder, name):
    kind, major, minor = NODES[name]
    try:
        os.mknod(f"{folder}/{name}", kind | 0o600, os.makedev(major, minor))
    except OSError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
