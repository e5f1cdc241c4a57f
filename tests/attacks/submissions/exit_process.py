# Attack: ends the process with a status that says all is well
# Expect: test_double=crashed test_echo=passed test_total=passed

import os


def double(number):
    os._exit(0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
