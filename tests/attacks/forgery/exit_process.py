# Expected: double crashes
# Tries: ends the process with a status that says all is well

import os


def double(number):
    os._exit(0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
