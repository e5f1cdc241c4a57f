# Expected: it passes
# Tries: leaves memory with the kernel that belongs to no process, by `shmget` and its like

import ctypes
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "shmget": {"x86_64": 29, "aarch64": 194},
    "semget": {"x86_64": 64, "aarch64": 190},
    "msgget": {"x86_64": 68, "aarch64": 186},
}
IPC_CREAT = 0o1000
KEY = 0x67726164


@functools.cache
def gain():
    return [name for name, numbers in NUMBERS.items() if makes(name, numbers)] or None


def makes(name, numbers):
    number = numbers.get(platform.machine())
    flags = IPC_CREAT | 0o600
    arguments = (flags,) if name == "msgget" else (1, flags)
    return number is not None and LIBC.syscall(number, KEY, *arguments) >= 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
