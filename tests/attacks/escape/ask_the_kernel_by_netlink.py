# Expected: it passes
# Tries: opens sockets through which the kernel is configured

import functools
import socket

KINDS = {  # family, type, protocol
    "netlink 0": (16, 3, 0),
    "netlink 4": (16, 3, 4),
    "netlink 6": (16, 3, 6),
    "netlink 9": (16, 3, 9),
    "netlink 12": (16, 3, 12),
    "netlink 15": (16, 3, 15),
    "netlink 16": (16, 3, 16),
}


@functools.cache
def gain():
    return [name for name, kind in KINDS.items() if opens(*kind)] or None


def opens(family, kind, protocol):
    try:
        socket.socket(family, kind, protocol).close()
    except OSError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
