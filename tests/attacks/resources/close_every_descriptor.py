# Expected: double crashes
# Tries: closes the pipe that the answers take

import os


def double(number):
    os.closerange(0, 256)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
