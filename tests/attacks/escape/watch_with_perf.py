# Expected: it passes
# Tries: watches what the processor does, and for whom, by `perf_event_open`

import ctypes
import functools
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}
SOFTWARE, CPU_CLOCK, SIZE = 1, 0, 112
EXCLUDE_KERNEL_AND_HYPERVISOR = 1 << 5 | 1 << 6


@functools.cache
def gain():
    number = PERF_EVENT_OPEN.get(platform.machine())
    if number is None:
        return None
    words = (ctypes.c_uint32 * 28)(SOFTWARE, SIZE, CPU_CLOCK)
    words[10] = EXCLUDE_KERNEL_AND_HYPERVISOR
    descriptor = LIBC.syscall(number, words, 0, -1, -1, ctypes.c_ulong(0))
    return [f"a counter at descriptor {descriptor}"] if descriptor >= 0 else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
