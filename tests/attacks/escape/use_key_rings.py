# Expected: it passes
# Tries: leaves a key with the kernel, which outlives every process

import ctypes
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
ADD_KEY = {"x86_64": 248, "aarch64": 217}
KEYCTL = {"x86_64": 250, "aarch64": 219}
GET_KEYRING_ID = 0
KEYRINGS = {"thread": -1, "process": -2, "session": -3, "user": -4, "user session": -5}


@functools.cache
def gain():
    machine = platform.machine()
    if machine not in ADD_KEY:
        return None
    return [f"the {name} key ring" for name in KEYRINGS if has(machine, KEYRINGS[name])] or None


def has(machine, ring):
    added = LIBC.syscall(
        ADD_KEY[machine], b"user", b"grader-attack", b"x", ctypes.c_size_t(1), ring
    )
    return added >= 0 or LIBC.syscall(KEYCTL[machine], GET_KEYRING_ID, ring, 0) >= 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
