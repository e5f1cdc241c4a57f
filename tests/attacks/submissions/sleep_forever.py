# Attack: a function that sleeps, which takes no CPU
# Expect: test_double=timed_out test_echo=passed test_total=passed

import time


def double(number):
    time.sleep(3600)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
