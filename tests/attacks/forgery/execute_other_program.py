# Expected: double crashes
# Tries: puts another program in its place

import os


def double(number):
    os.execv("/bin/true", ["true"])


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
