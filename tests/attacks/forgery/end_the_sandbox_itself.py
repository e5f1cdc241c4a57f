# Expected: double crashes
# Tries: ends all of the sandbox, its first process too, so that it seems to have failed

import os
import signal
import time


def double(number):
    for number_of_signal in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
        for process in (1, os.getppid(), -1):
            try:
                os.kill(process, number_of_signal)
            except OSError:
                pass
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
