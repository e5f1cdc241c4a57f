# Expected: it passes
# Tries: learns the name of the machine, or of its container

import functools
import os
import socket


@functools.cache
def gain():
    names = {os.uname().nodename, socket.gethostname()}
    return sorted(names - {"sandbox"}) or None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
