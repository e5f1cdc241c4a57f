# Attack: puts another program in its place
# Expect: test_double=crashed test_echo=passed test_total=passed

import os


def double(number):
    os.execv("/bin/true", ["true"])


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
