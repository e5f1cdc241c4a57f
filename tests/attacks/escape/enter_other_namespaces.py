# Expected: it passes
# Tries: enters the namespaces of other processes by `setns`

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
SETNS = {"x86_64": 308, "aarch64": 268}
KINDS = ("mnt", "net", "pid", "ipc", "uts", "cgroup", "user")


@functools.cache
def gain():
    number = SETNS.get(platform.machine())
    ways = [
        f"{kind} of {pid}"
        for pid in ("1", "self")
        for kind in KINDS
        if number and enters(number, pid, kind)
    ]
    return ways or None


def enters(number, pid, kind):
    try:
        descriptor = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY)
    except OSError:
        return False
    child = os.fork()
    if child == 0:
        os._exit(LIBC.syscall(number, descriptor, 0) == 0)
    os.close(descriptor)
    return os.waitpid(child, 0)[1] != 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
