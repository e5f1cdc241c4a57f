# Expected: it passes
# Tries: sends something to the world, to the machine that it is on, or to a cloud's secrets

import errno
import functools
import socket

PLACES = (
    "1.1.1.1",
    "8.8.8.8",
    "169.254.169.254",
    "172.17.0.1",
    "10.0.2.2",
    "2606:4700:4700::1111",
)
NO_WAY = (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPERM)


@functools.cache
def gain():
    return [place for place in PLACES if reaches(place)] or resolved()


def reaches(place):
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    return any(leads(family, kind, place) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM))


def leads(family, kind, place):
    """Tell whether there is a way to a place, also one at whose end nobody answers."""
    try:
        with socket.socket(family, kind) as way:
            way.settimeout(0.05)
            way.connect((place, 53))
    except OSError as error:
        return error.errno not in NO_WAY
    return True


def resolved():
    try:
        return [socket.gethostbyname("example.org")]
    except OSError:
        return None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
