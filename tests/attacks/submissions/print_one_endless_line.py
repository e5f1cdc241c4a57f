# Attack: writes one endless line to standard error
# Expect: test_double=too_much_output test_echo=passed test_total=passed

import sys


def double(number):
    while True:
        sys.stderr.write("x")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
