# Expected: double crashes
# Tries: an object whose repr ends the process

import os


class Trap:
    def __repr__(self):
        os._exit(0)


def double(number):
    return Trap()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
