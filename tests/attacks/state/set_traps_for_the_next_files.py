# Expected: it passes
# Tries: lays pipes, links and folders where the worker writes its file next

import os
import time


def detached():
    """Fork; return True in a process that nobody waits for, False in this one."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def lay_traps():
    """Put something else in the place of the file, again and again."""
    file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "victim.py")
    while True:
        for lay in (
            lambda: os.unlink(file),
            lambda: os.mkfifo(file),
            lambda: os.unlink(file),
            lambda: os.symlink("/dev/shm/elsewhere", file),
            lambda: os.unlink(file),
            lambda: os.mkdir(file),
            lambda: os.rmdir(file),
            lambda: os.mkfifo(file),
        ):
            try:
                lay()
            except OSError:
                pass
        time.sleep(0.001)


PREPARED = []


def double(number):
    if not PREPARED:
        PREPARED.append(True)
        if detached():
            lay_traps()
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
