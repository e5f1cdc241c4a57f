# Expected: double crashes
# Tries: prints what a test runner prints, then ends the process

import os


def double(number):
    print("3 passed in 0.02s", flush=True)
    os.write(1, b"3 passed in 0.02s\n")
    os._exit(0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
