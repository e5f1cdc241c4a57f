# Expected: it passes
# Tries: takes memory, files and processes away from the worker, for the tests after it

import os
import resource


def double(number):
    for kind in ("NPROC", "NOFILE", "FSIZE", "DATA", "AS", "STACK"):
        try:
            resource.prlimit(os.getppid(), getattr(resource, "RLIMIT_" + kind), (1, 1))
        except (OSError, ValueError):
            pass
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
