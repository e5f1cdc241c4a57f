# Expected: it passes
# Tries: computes in several processes at a time, on every core

import functools
import os
import time

SECONDS = 0.8
CHILDREN = 3
MOST = 1.3  # of one core: a little more than a window of this length can have of its share
QUOTAS = {"cpu.max": "max", "cpu/cpu.cfs_quota_us": "-1"}


@functools.cache
def gain():
    if os.getuid() == 1000:
        return None  # bubblewrap does not bound it
    cores = cores_taken()
    # On a busy machine there may be no second core to be had, so what is allowed counts, too.
    return [f"{cores:.1f} cores"] if cores > MOST or is_free() else None


def cores_taken():
    start = time.monotonic()
    for _ in range(CHILDREN):
        if os.fork() == 0:
            while time.monotonic() < start + SECONDS:
                pass
            os._exit(0)
    for _ in range(CHILDREN):
        os.wait()
    spent = os.times().children_user + os.times().children_system
    return spent / (time.monotonic() - start)


def is_free():
    for name, word in QUOTAS.items():
        try:
            with open(f"/sys/fs/cgroup/{name}") as file:
                return file.read().split()[0] == word
        except OSError:
            continue
    return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
