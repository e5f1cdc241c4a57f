# Expected: it passes
# Tries: answers everything, and then does not end
# Harmless

import os
import time


def at_the_end(action):
    """Have something done when this process ends, after the test's last question."""
    leave = os._exit

    def leave_late(status):
        os._exit = leave
        action()
        leave(status)

    os._exit = leave_late


def double(number):
    if os._exit.__name__ != "leave_late":
        at_the_end(lambda: time.sleep(3600))
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
