# Expected: it passes
# Tries: reads the kernel's messages, which tell of the whole machine

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
SYSLOG = {"x86_64": 103, "aarch64": 116}
READ_ALL, SIZE_BUFFER = 3, 10


@functools.cache
def gain():
    return by_call() or by_file("/dev/kmsg") or by_file("/proc/kmsg")


def by_call():
    number = SYSLOG.get(platform.machine())
    room = ctypes.create_string_buffer(4096)
    if (
        number
        and max(LIBC.syscall(number, action, room, 4096) for action in (READ_ALL, SIZE_BUFFER)) >= 0
    ):
        return ["read it by syslog"]
    return None


def by_file(name):
    try:
        os.close(os.open(name, os.O_RDONLY | os.O_NONBLOCK))
    except OSError:
        return None
    return [f"opened {name}"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
