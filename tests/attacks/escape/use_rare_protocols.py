# Expected: it passes
# Tries: opens sockets of every family that hardly any program needs

import functools
import socket

KNOWN = (0, socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)


@functools.cache
def gain():
    families = [family for family in range(64) if family not in KNOWN and opens(family)]
    return [f"family {family}" for family in families] or None


def opens(family):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
        except OSError:
            continue
        return True
    return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
