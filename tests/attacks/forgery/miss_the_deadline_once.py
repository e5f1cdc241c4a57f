# Expected: it passes
# Tries: is slow once, so that the clock of Hypothesis breaks the test and not its answer
# Harmless

import time

calls = 0


def double(number):
    global calls
    calls += 1
    if calls == 2:
        time.sleep(0.6)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
