# Expected: double times out
# Tries: ignores every signal that can be ignored, and loops

import signal


def double(number):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
