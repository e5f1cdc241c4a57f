# Expected: it passes
# Tries: restarts the machine, renames it, or takes its swap away

import ctypes
import errno
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "reboot": {"x86_64": 169, "aarch64": 142},
    "swapoff": {"x86_64": 168, "aarch64": 225},
    "sethostname": {"x86_64": 170, "aarch64": 161},
    "setdomainname": {"x86_64": 171, "aarch64": 162},
    "acct": {"x86_64": 163, "aarch64": 89},
    "iopl": {"x86_64": 172},
    "vhangup": {"x86_64": 153, "aarch64": 58},
}
REFUSED = (errno.EPERM, errno.ENOSYS)


@functools.cache
def gain():
    return [name for name, numbers in NUMBERS.items() if is_let_through(numbers)] or None


def is_let_through(numbers):
    number = numbers.get(platform.machine())
    if number is None:
        return False
    # Impossible arguments, for which whoever is allowed to would hear of another error.
    return LIBC.syscall(number, -1, -1, -1, -1) == 0 or ctypes.get_errno() not in REFUSED


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
