# Expected: it passes
# Tries: leaves processes that have ended and that nobody takes note of

import functools
import os
import time

ORPHANS = 8
SECONDS = 0.8


@functools.cache
def gain():
    orphans = [start_orphan() for _ in range(ORPHANS)]
    deadline = time.monotonic() + SECONDS
    while orphans and time.monotonic() < deadline:
        time.sleep(0.01)
        orphans = [pid for pid in orphans if is_there(pid)]
    return [f"{len(orphans)} zombies"] if orphans else None


def start_orphan():
    """Start a process whose parent ends first, and return its number."""
    hear, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        orphan = os.fork()
        if orphan != 0:
            os.write(tell, str(orphan).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    orphan = int(os.read(hear, 20))
    os.close(hear)
    os.close(tell)
    return orphan


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
