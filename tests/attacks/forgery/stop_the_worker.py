# Expected: double times out
# Tries: stops the worker as well, so that nothing inside can end the test

import os
import signal


def double(number):
    os.kill(os.getppid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGSTOP)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
