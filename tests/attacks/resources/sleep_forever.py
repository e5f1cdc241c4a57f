# Expected: double times out
# Tries: a function that sleeps, which takes no CPU

import time


def double(number):
    time.sleep(3600)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
