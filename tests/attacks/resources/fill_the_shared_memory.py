# Expected: it passes
# Tries: fills the shared memory with more than there may be

import functools
import os

MOST = 1024 * 1024
CHUNK = 64 * 1024


@functools.cache
def gain():
    written = 0
    try:
        for number in range(2 * MOST // CHUNK):
            descriptor = os.open(f"/dev/shm/part{number}", os.O_CREAT | os.O_WRONLY)
            written += os.write(descriptor, bytes(CHUNK))
            os.close(descriptor)
    except OSError:
        pass
    return [f"wrote {written} bytes"] if written > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
