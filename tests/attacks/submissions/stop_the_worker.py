# Attack: stops the worker as well, so that nothing inside can end the test
# Expect: test_double=timed_out test_echo=passed test_total=passed

import os
import signal


def double(number):
    os.kill(os.getppid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
