# Expected: it passes
# Tries: looks for what only the host has: users' folders, the engine's, passwords

import functools
import os

FOLDERS = (
    "/root",
    "/home",
    "/mnt",
    "/media",
    "/srv",
    "/boot",
    "/var/lib/docker",
    "/var/log/journal",
)
FILES = (
    "/etc/shadow",
    "/etc/gshadow",
    "/etc/sudoers",
    "/etc/machine-id",
    "/etc/ssh/ssh_host_ed25519_key",
)


@functools.cache
def gain():
    return [name for name in FOLDERS if shows(name)] + [
        name for name in FILES if opens(name)
    ] or None


def shows(folder):
    try:
        return bool(os.listdir(folder))
    except OSError:
        return False


def opens(name):
    try:
        with open(name, "rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
