# Expected: it passes
# Tries: connects to the container engine, or to another service by a socket in a folder

import functools
import os
import socket
import stat

FOLDERS = ("/run", "/var/run", "/tmp", "/dev", "/var/lib", "/root", "/home")
USUAL = (
    "/var/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/podman/podman.sock",
    "/run/crio/crio.sock",
    "/run/dbus/system_bus_socket",
    "/run/systemd/private",
    "/run/systemd/notify",
    "/dev/log",
)


@functools.cache
def gain():
    return [name for name in {*USUAL, *sockets()} if connects(name)] or None


def sockets():
    for top in FOLDERS:
        for folder, _, names in os.walk(top):
            yield from (
                name for name in (os.path.join(folder, one) for one in names) if is_socket(name)
            )


def is_socket(name):
    try:
        return stat.S_ISSOCK(os.lstat(name).st_mode)
    except OSError:
        return False


def connects(name):
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_UNIX, kind) as way:
            way.settimeout(0.1)
            if way.connect_ex(name) == 0:
                return True
    return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
