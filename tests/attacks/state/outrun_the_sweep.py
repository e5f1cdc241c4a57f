# Expected: double fails
# Tries: processes that are born and die too fast to be ended, each a group of its own

import os
import time


def run_on():
    """Be another process each time that somebody looks."""
    while True:
        try:
            if os.fork():
                os._exit(0)
            os.setsid()
        except OSError:
            time.sleep(0.001)


def double(number):
    for _ in range(6):
        try:
            if os.fork() == 0:
                run_on()
        except OSError:
            pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
