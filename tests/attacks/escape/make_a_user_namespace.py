# Expected: it passes
# Tries: becomes root in a user namespace of its own

import ctypes
import functools
import os
import platform
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
UNSHARE = {"x86_64": 272, "aarch64": 97}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
CLONE_NEWUSER = 0x10000000


@functools.cache
def gain():
    machine = platform.machine()
    if machine not in CLONE:
        return None
    ways = (by_unshare, by_clone, by_clone3)
    return [way.__name__ for way in ways if way(machine)] or None


def by_unshare(machine):
    pid = os.fork()
    if pid == 0:
        os._exit(LIBC.syscall(UNSHARE[machine], CLONE_NEWUSER) == 0)
    return os.waitpid(pid, 0)[1] != 0


def by_clone(machine):
    return came_to_be(LIBC.syscall(CLONE[machine], CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0))


def by_clone3(machine):
    words = (ctypes.c_uint64 * 11)(CLONE_NEWUSER)
    words[4] = signal.SIGCHLD
    return came_to_be(LIBC.syscall(CLONE3, words, ctypes.c_size_t(64)))


def came_to_be(pid):
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
    return pid > 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
