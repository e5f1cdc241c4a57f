# Expected: it passes
# Tries: becomes root, or a member of root's group

import functools
import os

WAYS = {
    "setuid": lambda: os.setuid(0),
    "setresuid": lambda: os.setresuid(0, 0, 0),
    "setreuid": lambda: os.setreuid(0, 0),
    "setgid": lambda: os.setgid(0),
    "setresgid": lambda: os.setresgid(0, 0, 0),
    "setgroups": lambda: os.setgroups([0]),
}


@functools.cache
def gain():
    return [name for name in WAYS if works(WAYS[name])] or None


def works(way):
    pid = os.fork()
    if pid == 0:
        try:
            way()
        except OSError:
            os._exit(0)
        os._exit(1)
    return os.waitpid(pid, 0)[1] != 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
