# Expected: it passes
# Tries: opens sockets that see and forge what passes on the network

import functools
import socket

KINDS = {  # family, type, protocol
    "packets": (17, 3, 768),
    "packets without their headers": (17, 2, 768),
    "raw packets of the internet protocol": (2, 3, 255),
    "raw packets of its version 6": (10, 3, 255),
    "an express data path": (44, 3, 0),
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
