# Expected: double fails
# Tries: leaves files that are hard to remove: pipes, sockets, links, odd names, no rights
# Harmless

import functools
import os
import socket

SEEN = os.listdir(".")


@functools.cache
def leave():
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
    os.symlink("loop", "loop")
    os.symlink("/", "root")
    os.link("pipe", "other")
    for name in (b"-rf", b"line\nbreak", b"\xff\xfe", b"x" * 255, b"...", b"*"):
        os.mkdir(name)
        os.close(os.open(os.path.join(name, name), os.O_CREAT | os.O_WRONLY, 0))
        os.chmod(name, 0)
    os.chmod(".", 0)


def double(number):
    leave()
    return 0


def echo(text):
    return "seen" if SEEN else text


def total(numbers):
    return -1 if SEEN else sum(numbers)
