# Expected: double fails
# Tries: forks, so that a copy of the process answers first

import os
import time


def double(number):
    if os.fork() == 0:
        return 2 * number
    time.sleep(0.05)
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
