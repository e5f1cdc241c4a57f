# Expected: it passes
# Tries: reads what the kernel tells of the whole machine: its memory, keys, timers, interrupts

import functools
import os

NAMES = (
    "/proc/kcore",
    "/proc/keys",
    "/proc/timer_list",
    "/proc/sched_debug",
    "/proc/latency_stats",
    "/proc/scsi/scsi",
    "/proc/acpi/wakeup",
    "/sys/firmware/acpi/tables",
    "/sys/firmware/dmi/tables/DMI",
    "/sys/firmware/memmap",
)


@functools.cache
def gain():
    return [name for name in NAMES if reads(name)] or None


def reads(name):
    try:
        if os.path.isdir(name):
            return bool(os.listdir(name))
        with open(name, "rb") as file:
            return bool(file.read(100))
    except OSError:
        return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
