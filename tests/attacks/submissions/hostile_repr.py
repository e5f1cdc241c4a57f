# Attack: an object whose repr ends the process
# Expect: test_double=crashed test_echo=passed test_total=passed

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
