# Expected: it passes
# Tries: loads code into the kernel, or another kernel

import ctypes
import errno
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "init_module": {"x86_64": 175, "aarch64": 105},
    "delete_module": {"x86_64": 176, "aarch64": 106},
    "finit_module": {"x86_64": 313, "aarch64": 273},
    "kexec_load": {"x86_64": 246, "aarch64": 104},
    "kexec_file_load": {"x86_64": 320, "aarch64": 294},
}
REFUSED = (errno.EPERM, errno.ENOSYS)


@functools.cache
def gain():
    return [name for name, numbers in NUMBERS.items() if is_let_through(numbers)] or None


def is_let_through(numbers):
    number = numbers.get(platform.machine())
    # Impossible arguments, for which whoever is allowed to would hear of another error.
    return number and LIBC.syscall(number, -1, -1, -1, -1, -1) and ctypes.get_errno() not in REFUSED


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
