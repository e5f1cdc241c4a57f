# Expected: double crashes
# Tries: kills the worker, whose user is the same

import os
import signal
import time


def double(number):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
