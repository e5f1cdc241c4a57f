# Expected: it passes
# Tries: connects to sockets of the host that are in no folder

import functools
import socket

USUAL = ("/tmp/.X11-unix/X0", "/tmp/.ICE-unix/1", "/org/kernel/linux/storage/multipathd")


@functools.cache
def gain():
    return [name for name in {*USUAL, *listed()} if connects(name)] or None


def listed():
    try:
        with open("/proc/net/unix") as file:
            yield from (line.split()[7][1:] for line in file if " @" in line)
    except OSError:
        return


def connects(name):
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_UNIX, kind) as way:
            way.settimeout(0.1)
            if way.connect_ex("\0" + name) == 0:
                return True
    return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
