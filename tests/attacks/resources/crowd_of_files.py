# Expected: it passes
# Tries: makes a few more empty files than there may be, and counts them

import functools
import os

MOST = 4096


@functools.cache
def gain():
    if os.getuid() == 1000:
        return None  # bubblewrap bounds their size alone
    count = 0
    try:
        while count < MOST + 500:
            os.close(os.open(f"empty{count}", os.O_CREAT | os.O_WRONLY))
            count += 1
    except OSError:
        pass
    return [f"{count} files"] if count > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
