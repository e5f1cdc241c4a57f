# Attack: says that an answer of 4 GiB follows
# Expect: test_double=bad_reply test_echo=passed test_total=passed

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
