# Expected: it passes
# Tries: opens a socket to the host's side of a virtual machine

import functools
import socket

KINDS = {  # family, type, protocol
    "a stream to the hypervisor": (40, 1, 0),
    "datagrams to the hypervisor": (40, 2, 0),
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
