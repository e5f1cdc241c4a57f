# Expected: double times out
# Tries: begins an answer and never ends it

import os
import time


def double(number):
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, (1000).to_bytes(4, "big") + b"[")
        except OSError:
            pass
    time.sleep(3600)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
