# Expected: it passes
# Tries: looks for a writable folder in which devices and setuid programs would work

import functools
import os

NAMES = {"nosuid": os.ST_NOSUID, "nodev": os.ST_NODEV}
FOLDERS = ("/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp", "/run", ".")


@functools.cache
def gain():
    found = [
        f"{folder} without {name}" for folder in FOLDERS for name in NAMES if lacks(folder, name)
    ]
    return found or None


def lacks(folder, name):
    try:
        flags = os.statvfs(folder).f_flag
    except OSError:
        return False
    if flags & os.ST_RDONLY or not os.access(folder, os.W_OK):
        return False
    return not flags & NAMES[name]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
