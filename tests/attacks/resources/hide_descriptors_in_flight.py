# Expected: it passes
# Tries: keeps open files beyond their limit inside of sockets

import functools
import os
import socket

MOST = 2 * 256


@functools.cache
def gain():
    hidden = 0
    keep = []
    try:
        while hidden <= 4 * MOST:
            left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
            left.setblocking(False)
            keep += [left, right]
            opened = [os.open("/dev/null", os.O_RDONLY) for _ in range(64)]
            try:
                socket.send_fds(left, [b"x"], opened)
                hidden += len(opened)
            finally:
                for descriptor in opened:
                    os.close(descriptor)
    except OSError:
        pass
    return [f"{hidden} hidden open files"] if hidden > MOST else None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
