# Attack: a process that stops itself, and with it any clock of its own
# Expect: test_double=timed_out test_echo=passed test_total=passed

import os
import signal


def double(number):
    os.kill(os.getpid(), signal.SIGSTOP)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
