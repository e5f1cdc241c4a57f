# Expected: double raises
# Tries: starts processes that start processes

import os


def double(number):
    while True:
        os.fork()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
