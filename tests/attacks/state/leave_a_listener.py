# Expected: double passes
# Tries: leaves a process that listens at an abstract socket and tells what it knows

import os
import socket
import sys

NAMES = ("\0mark", "/tmp/mark", "/dev/shm/mark")


def heard():
    """Return what a listener of an earlier test says."""
    for name in NAMES:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(0.2)
                line.connect(name)
                return line.recv(100).decode()
        except OSError:
            pass
    return ""


HEARD = heard()


def detached():
    """Fork; return True in a process that nobody waits for, False in this one."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def listen(name):
    """Tell everybody who asks."""
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(name)
        line.listen()
        while True:
            line.accept()[0].sendall(b"an earlier test was here")


def double(number):
    if not hasattr(sys, "listeners"):
        sys.listeners = True
        for name in NAMES:
            if detached():
                listen(name)
    return HEARD or 2 * number


def echo(text):
    return HEARD or text


def total(numbers):
    return HEARD or sum(numbers)
