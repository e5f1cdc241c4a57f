# Expected: double times out
# Tries: a process that stops itself, and with it any clock of its own

import os
import signal


def double(number):
    os.kill(os.getpid(), signal.SIGSTOP)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
