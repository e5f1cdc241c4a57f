# Attack: starts threads without end
# Expect: test_double=raised test_echo=passed test_total=passed

import threading
import time


def double(number):
    while True:
        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
