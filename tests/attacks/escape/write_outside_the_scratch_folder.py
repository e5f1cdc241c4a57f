# Expected: it passes
# Tries: writes wherever it can: programs, libraries, settings, devices

import functools
import os
import sys

MINE = ("/tmp", "/dev/shm", "/proc", "/sys")
DEEPEST = 3


@functools.cache
def gain():
    return [place for place in places() if writes(place)][:5] or None


def places():
    yield from (os.path.dirname(os.__file__), os.path.dirname(sys.executable), *sys.path)
    for folder, inner, names in os.walk("/"):
        if folder in MINE or folder.count("/") >= DEEPEST:
            inner.clear()
        if folder not in MINE:
            yield folder
        if folder == "/etc":
            yield from (os.path.join(folder, name) for name in names)


def writes(place):
    if place.startswith(("/tmp", "/dev/shm")) or not os.access(place, os.W_OK):
        return False
    name = os.path.join(place, "planted") if os.path.isdir(place) else place
    try:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
