# Expected: double fails
# Tries: leaves as many dead processes as there may be, for nobody to wait for

import os


def double(number):
    try:
        while True:
            if os.fork() == 0:
                os._exit(0)
    except OSError:
        return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
