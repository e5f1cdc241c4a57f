# Expected: it passes
# Tries: stops the kernel half way through a copy, by `userfaultfd`

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = {"x86_64": 323, "aarch64": 282}
USER_MODE_ONLY = 1


@functools.cache
def gain():
    number = USERFAULTFD.get(platform.machine())
    if number is None:
        return None
    for flags in (0, USER_MODE_ONLY):
        descriptor = LIBC.syscall(number, os.O_CLOEXEC | flags)
        if descriptor >= 0:
            return [f"a handler at descriptor {descriptor}"]
    return None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
