# Expected: it passes
# Tries: connects to what listens on the machine's own address

import functools
import socket

USUAL = (
    22,
    25,
    53,
    80,
    111,
    443,
    631,
    2375,
    2376,
    3306,
    5000,
    5432,
    6379,
    8000,
    8080,
    8786,
    8787,
    8888,
    9090,
    27017,
)


@functools.cache
def gain():
    ports = {*USUAL, *listening("/proc/net/tcp"), *listening("/proc/net/tcp6"), *range(1024, 4096)}
    return [f"port {port}" for port in sorted(ports) if connects(port)] or None


def listening(name):
    try:
        with open(name) as file:
            rows = [line.split() for line in file][1:]
    except OSError:
        return
    yield from (int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A")


def connects(port):
    with socket.socket() as way:
        way.settimeout(0.2)
        return way.connect_ex(("127.0.0.1", port)) == 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
