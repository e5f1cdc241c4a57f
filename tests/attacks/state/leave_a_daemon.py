# Expected: double fails
# Tries: leaves a process behind that outlives its parents

import os
import time


def double(number):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                time.sleep(1)
        os._exit(0)
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
