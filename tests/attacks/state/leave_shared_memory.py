# Expected: it passes
# Tries: keeps a mark in shared memory by name, from test to test

import mmap
import os

PLACES = ("/dev/shm", "/tmp", "/dev/mqueue", "/run", "/var/tmp", ".")


def seen():
    """Return the marks of earlier tests."""
    found = []
    for place in PLACES:
        try:
            with open(os.path.join(place, "mark"), "rb") as file:
                found.append((place, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:4]))
        except (OSError, ValueError):
            pass
    return found


SEEN = seen()


def mark():
    """Leave a mark that stays mapped, wherever that is possible."""
    for place in PLACES:
        try:
            with open(os.path.join(place, "mark"), "wb+") as file:
                file.truncate(4096)
                mmap.mmap(file.fileno(), 4096)[:4] = b"seen"
        except (OSError, ValueError):
            pass


def double(number):
    mark()
    return SEEN or 2 * number


def echo(text):
    mark()
    return SEEN or text


def total(numbers):
    return SEEN or sum(numbers)
