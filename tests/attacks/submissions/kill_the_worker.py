# Attack: kills the worker, whose user is the same
# Expect: test_double=crashed test_echo=passed test_total=passed

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
