# Expected: it passes
# Tries: opens the kernel's settings to write: who handles crashes, the magic key, cgroups

import functools
import os
import stat

FOLDERS = ("/proc/sys", "/sys/fs/cgroup", "/sys/kernel", "/sys/power", "/sys/module")
FILES = (
    "/proc/sysrq-trigger",
    "/proc/irq/default_smp_affinity",
    "/proc/bus/pci/00/00.0",
    "/sys/block/vda/queue/scheduler",
)


@functools.cache
def gain():
    return [name for name in settings() if opens(name)][:5] or None


def settings():
    yield from FILES
    for top in FOLDERS:
        for folder, inner, names in os.walk(top):
            if folder.count("/") > 5:
                inner.clear()
            yield from (os.path.join(folder, name) for name in names)


def opens(name):
    try:
        # What is masked is the null device, which may well be written.
        if not os.access(name, os.W_OK) or not stat.S_ISREG(os.stat(name).st_mode):
            return False
        os.close(os.open(name, os.O_WRONLY))
    except OSError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
