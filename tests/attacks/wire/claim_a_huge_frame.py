# Expected: double gives a bad reply
# Tries: says that an answer of 4 GiB follows

import os
import time


def double(number):
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff")
        except OSError:
            pass
    time.sleep(3600)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
