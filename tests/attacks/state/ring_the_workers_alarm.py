# Expected: double crashes
# Tries: rings the alarm by which the worker ends a child, again and again

import os
import signal
import time


def double(number):
    for _ in range(20):
        os.kill(os.getppid(), signal.SIGALRM)
        time.sleep(0.01)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
