# Expected: it passes
# Tries: looks for devices that are the host's: disks, memory, virtual machines

import functools
import os
import stat

# null, zero, full, random, urandom; tty, console, ptmx
ORDINARY = {(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 1), (5, 2)}
TERMINALS = 136


@functools.cache
def gain():
    found = []
    for folder, _, names in os.walk("/dev"):
        found += [name for name in names if is_of_the_host(os.path.join(folder, name))]
    return found or None


def is_of_the_host(name):
    about = os.lstat(name)
    if stat.S_ISBLK(about.st_mode):
        return True
    major, minor = os.major(about.st_rdev), os.minor(about.st_rdev)
    return stat.S_ISCHR(about.st_mode) and (major, minor) not in ORDINARY and major != TERMINALS


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
