# Expected: double times out
# Tries: stops every clock and takes the alarms away

import os
import signal
import time


def double(number):
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        setattr(time, name, lambda: 0.0)
        setattr(time, name + "_ns", lambda: 0)
    time.sleep = lambda seconds: None
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    select_forever = os.pipe()[0]
    os.read(select_forever, 1)
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
