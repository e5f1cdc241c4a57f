# Expected: it passes
# Tries: looks whether a program that it runs may have more rights than it has

import ctypes
import functools

LIBC = ctypes.CDLL(None, use_errno=True)
PR_GET_NO_NEW_PRIVS = 39


@functools.cache
def gain():
    if LIBC.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1:
        return ["new privileges are to be had"]
    return None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
