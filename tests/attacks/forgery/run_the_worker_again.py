# Expected: double times out
# Tries: starts the worker's program anew, optimised and with the pipe open

import os
import sys


def double(number):
    for descriptor in range(100, 110):
        try:
            os.set_inheritable(descriptor, True)
            os.dup2(descriptor, 0 if descriptor == 100 else 1)
        except OSError:
            pass
    program, *options = sys.orig_argv
    os.execv(sys.executable, [program, "-O", *options])


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
