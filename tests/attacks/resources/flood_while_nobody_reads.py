# Expected: double gives a bad reply
# Tries: goes on writing to the judge once that has stopped reading

import os
import threading
import time


def flood():
    while True:
        for descriptor in range(3, 256):
            try:
                os.write(descriptor, b"x" * 65536)
            except OSError:
                pass


def double(number):
    threading.Thread(target=flood, daemon=True).start()
    time.sleep(60)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
