# Expected: it passes
# Tries: crashes a process, to leave its memory in a file
# Harmless

import functools
import os
import resource


@functools.cache
def gain():
    pid = os.fork()
    if pid == 0:
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        os.abort()
    os.waitpid(pid, 0)
    return [name for name in os.listdir(".") if name.startswith("core")] or None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
