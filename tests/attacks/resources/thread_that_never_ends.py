# Expected: it passes
# Tries: leaves a thread that keeps its process from ending
# Harmless

import threading

threading.Thread(target=threading.Event().wait).start()


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
