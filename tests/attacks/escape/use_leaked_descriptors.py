# Expected: it passes
# Tries: looks among its open files for a folder of the host, and walks up from there

import functools
import os
import stat


@functools.cache
def gain():
    return [f"descriptor {one}" for one in range(256) if leads_out(one)] or None


def leads_out(descriptor):
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            return False
        up = os.open("../" * 64, os.O_RDONLY | os.O_DIRECTORY, dir_fd=descriptor)
    except OSError:
        return False
    return not os.path.sameopenfile(up, os.open("/", os.O_RDONLY))


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
