# Expected: double gives too much
# Tries: writes one endless line to standard error

import sys


def double(number):
    while True:
        sys.stderr.write("x")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
