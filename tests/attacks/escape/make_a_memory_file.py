# Expected: it passes
# Tries: runs a program from a file that is in no folder, by `memfd_create`

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
MEMFD_CREATE = {"x86_64": 319, "aarch64": 279}


@functools.cache
def gain():
    number = MEMFD_CREATE.get(platform.machine())
    descriptor = LIBC.syscall(number, b"program", 0) if number else -1
    if descriptor < 0:
        return None
    with open("/bin/true", "rb") as program:
        os.sendfile(descriptor, program.fileno(), 0, 1 << 20)
    pid = os.fork()
    if pid == 0:
        try:
            os.execve(descriptor, ["true"], {})
        finally:
            os._exit(1)
    return ["made one and ran it" if os.waitpid(pid, 0)[1] == 0 else "made one"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
