# Expected: it passes
# Tries: does its system calls through a ring, past any filter, by `io_uring_setup`

import ctypes
import errno
import functools

LIBC = ctypes.CDLL(None, use_errno=True)
IO_URING_SETUP = 425
PARAMETER_BYTES = 120
REFUSED = (errno.EPERM, errno.ENOSYS)


@functools.cache
def gain():
    parameters = ctypes.create_string_buffer(PARAMETER_BYTES)
    descriptor = LIBC.syscall(IO_URING_SETUP, 4, parameters)
    if descriptor < 0 and ctypes.get_errno() in REFUSED:
        return None
    # Also without a ring: then only a limit on memory was in its way.
    return [f"a ring at descriptor {descriptor}"]


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
