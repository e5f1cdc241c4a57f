# Expected: double fails
# Tries: a process that forks and ends in a loop, so that none can be hit

import os
import signal


def double(number):
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        os.setsid()
        while True:
            try:
                if os.fork() != 0:
                    os._exit(0)
            except OSError:
                pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
