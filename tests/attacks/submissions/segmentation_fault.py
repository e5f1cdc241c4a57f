# Attack: reads at address 0
# Expect: test_double=crashed test_echo=passed test_total=passed

import ctypes


def double(number):
    ctypes.string_at(0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
