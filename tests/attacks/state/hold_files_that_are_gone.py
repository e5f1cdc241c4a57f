# Expected: double fails
# Tries: fills the disk with files that it removes while a process of its own keeps them open

import functools
import os
import time

CHUNK = 256 * 1024


@functools.cache
def hold():
    if os.fork() != 0:
        return
    os.setsid()
    try:
        while True:
            descriptor = os.open("/tmp/gone", os.O_CREAT | os.O_WRONLY)
            os.unlink("/tmp/gone")
            os.write(descriptor, bytes(CHUNK))
    except OSError:
        time.sleep(3600)


def double(number):
    hold()
    time.sleep(0.05)
    return 0


def has_room():
    with open("/tmp/mine", "wb") as file:
        return file.write(bytes(8 * CHUNK)) == 8 * CHUNK


def echo(text):
    return text if has_room() else "no room"


def total(numbers):
    return sum(numbers) if has_room() else -1
