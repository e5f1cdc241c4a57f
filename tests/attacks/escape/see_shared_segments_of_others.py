# Expected: it passes
# Tries: counts the shared memory and the queues of other programs

import ctypes
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
SHMCTL = {"x86_64": 31, "aarch64": 195}
MSGCTL = {"x86_64": 71, "aarch64": 187}
SHM_INFO, MSG_INFO = 14, 12


@functools.cache
def gain():
    return seen(SHMCTL, SHM_INFO) or seen(MSGCTL, MSG_INFO)


def seen(numbers, command):
    number = numbers.get(platform.machine())
    room = (ctypes.c_int * 64)()
    if number is None or LIBC.syscall(number, 0, command, room) < 0 or room[0] == 0:
        return None
    return [f"{room[0]} of others"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
