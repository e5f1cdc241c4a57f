# Expected: it passes
# Tries: keeps a mark in files without a name, held open by a process that stays

import ctypes
import glob
import os
import sys
import time


def seen():
    """Return the marks of earlier tests, in the open files of whatever runs."""
    found = []
    for link in glob.glob("/proc/[0-9]*/fd/*"):
        try:
            with open(link, "rb") as file:
                found += ["seen"] * (os.path.isfile(link) and file.read(4) == b"mark")
        except OSError:
            pass
    return found


SEEN = seen()


def detached():
    """Fork; return True in a process that nobody waits for, False in this one."""
    if os.fork():
        return False
    os.setsid()
    if os.fork():
        os._exit(0)
    return True


def hold():
    """Hold a file in memory and a deleted one, each with the mark."""
    nameless = ctypes.CDLL(None).memfd_create(b"mark", 0)
    deleted = os.open("held", os.O_RDWR | os.O_CREAT)
    os.unlink("held")
    for descriptor in (nameless, deleted):
        if descriptor >= 0:
            os.write(descriptor, b"mark")
    time.sleep(3600)


def double(number):
    if not hasattr(sys, "held"):
        sys.held = True
        if detached():
            hold()
    return SEEN or 2 * number


def echo(text):
    return SEEN or text


def total(numbers):
    return SEEN or sum(numbers)
