# Expected: it passes
# Tries: types into the terminal of whoever runs the grading

import fcntl
import functools
import os
import termios


@functools.cache
def gain():
    return [name for name in ("/dev/tty", "/dev/console") if opens(name)] + typed() or None


def opens(name):
    try:
        os.close(os.open(name, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def typed():
    return [f"typed at descriptor {one}" for one in range(256) if types(one)]


def types(descriptor):
    try:
        fcntl.ioctl(descriptor, termios.TIOCSTI, b" ")
    except OSError:
        return False
    return True


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
