# Expected: double fails or times out
# Tries: a wrong answer that takes long, to be looked into for minutes
# Harmless

import time


def double(number):
    time.sleep(0.05)
    return 2 * number if abs(number) < 3 else 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
