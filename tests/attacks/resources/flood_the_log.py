# Expected: double times out
# Tries: writes without end to the stream that the engine may log

import os
import time


def double(number):
    try:
        descriptor = os.open("/proc/1/fd/2", os.O_WRONLY)
    except OSError:
        time.sleep(60)
    while True:
        os.write(descriptor, b"x" * 4095 + b"\n")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
