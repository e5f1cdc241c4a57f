# Expected: double times out
# Tries: takes the questions out of the pipe before they are asked

import os
import threading


def steal():
    for descriptor in (0, *range(100, 110)):
        try:
            while os.read(descriptor, 65536):
                pass
        except OSError:
            pass


def double(number):
    threading.Thread(target=steal, daemon=True).start()
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
