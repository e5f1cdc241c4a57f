# Expected: double times out
# Tries: answers a byte at a time, to keep idle clocks from running out

import os
import time


def double(number):
    frame = (100_000).to_bytes(4, "big") + b"[" * 100_000
    for position in range(len(frame)):
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, frame[position : position + 1])
            except OSError:
                pass
        time.sleep(0.1)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
