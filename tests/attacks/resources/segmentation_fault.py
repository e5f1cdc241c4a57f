# Expected: double crashes
# Tries: reads at address 0

import ctypes


def double(number):
    ctypes.string_at(0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
