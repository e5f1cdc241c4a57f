# Expected: it passes
# Tries: makes message queues, whose memory is the kernel's

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
MQ_OPEN = {"x86_64": 240, "aarch64": 180}


@functools.cache
def gain():
    return by_call() or by_file()


def by_call():
    number = MQ_OPEN.get(platform.machine())
    flags = os.O_CREAT | os.O_RDWR
    if number and LIBC.syscall(number, b"queue", flags, 0o600, None) >= 0:
        return ["a queue by mq_open"]
    return None


def by_file():
    try:
        os.close(os.open("/dev/mqueue/queue", os.O_CREAT | os.O_RDWR, 0o600))
    except OSError:
        return None
    return ["a queue by a file"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
