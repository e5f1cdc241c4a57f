# Expected: double raises
# Tries: starts threads without end

import threading
import time


def double(number):
    while True:
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
