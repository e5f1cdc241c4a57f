# Expected: it passes
# Tries: opens the programs that run it to write, one of which may be the host's

import functools
import os


@functools.cache
def gain():
    names = (
        "/proc/1/exe",
        "/proc/self/exe",
        f"/proc/{os.getppid()}/exe",
        "/sbin/docker-init",
        "/dev/init",
    )
    return [name for name in names if opens(name)] or None


def opens(name):
    try:
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
