# Expected: double times out
# Tries: closes its standard streams, as if it had ended, and runs on
# Harmless

import os
import sys
import time


def double(number):
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    for descriptor in (0, 1, 2):
        os.close(descriptor)
    time.sleep(60)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
