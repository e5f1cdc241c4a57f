# Expected: it passes
# Tries: has the host run a program when a cgroup of its own is empty

import functools
import os

TOP = "/sys/fs/cgroup"
NAMES = ("release_agent", "notify_on_release", "cgroup.procs", "tasks", "cgroup.subtree_control")


@functools.cache
def gain():
    try:
        folders = [TOP, *(f"{TOP}/{name}" for name in os.listdir(TOP))]
    except OSError:
        return None
    return [found for folder in folders for found in (*opened(folder), *made(folder))] or None


def opened(folder):
    for name in NAMES:
        try:
            os.close(os.open(f"{folder}/{name}", os.O_WRONLY))
        except OSError:
            continue
        yield f"{folder}/{name}"


def made(folder):
    try:
        os.mkdir(f"{folder}/attack")
    except OSError:
        return
    os.rmdir(f"{folder}/attack")
    yield f"a cgroup in {folder}"


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
