# Attack: starts processes that start processes
# Expect: test_double=raised test_echo=passed test_total=passed

import os


def double(number):
    while True:
        os.fork()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
