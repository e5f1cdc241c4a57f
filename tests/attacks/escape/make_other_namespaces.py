# Expected: it passes
# Tries: takes a mount, process, network or other namespace of its own

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
UNSHARE = {"x86_64": 272, "aarch64": 97}
FLAGS = {
    "time": 0x80,
    "mount": 0x20000,
    "cgroup": 0x2000000,
    "uts": 0x4000000,
    "ipc": 0x8000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}


@functools.cache
def gain():
    number = UNSHARE.get(platform.machine())
    return [name for name in FLAGS if number and takes(number, FLAGS[name])] or None


def takes(number, flag):
    pid = os.fork()
    if pid == 0:
        os._exit(LIBC.syscall(number, flag) == 0)
    return os.waitpid(pid, 0)[1] != 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
