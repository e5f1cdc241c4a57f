# Expected: it passes
# Tries: shares out among processes more memory than one may have

import functools
import os
import signal

CHILDREN = 4
BYTES = 40 * 1024 * 1024


@functools.cache
def gain():
    if os.getuid() == 1000:
        return None  # bubblewrap bounds the memory of each process, not of all
    children = [start_child() for _ in range(CHILDREN)]
    for _, report in children:
        os.read(report, 1)  # which also ends when the child does
    alive = [pid for pid, _ in children if os.waitpid(pid, os.WNOHANG)[0] == 0]
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return [f"held {CHILDREN * BYTES} bytes"] if len(alive) == CHILDREN else None


def start_child():
    report, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        hoard = b"x" * BYTES
        os.write(tell, hoard[:1])
        signal.pause()
    os.close(tell)
    return pid, report


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
