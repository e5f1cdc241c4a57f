# Expected: it passes
# Tries: leaves its root by the oldest trick: a second `chroot`, and up

import functools
import os


@functools.cache
def gain():
    pid = os.fork()
    if pid == 0:
        os._exit(leaves())
    return ["changed the root"] if os.waitpid(pid, 0)[1] else None


def leaves():
    root = os.open("/", os.O_RDONLY)
    try:
        os.chroot("/tmp")
    except OSError:
        return False
    os.fchdir(root)
    for _ in range(64):
        os.chdir("..")
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
