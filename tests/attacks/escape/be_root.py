# Expected: it passes
# Tries: looks whether it is root, inside or, by the user that it is there, outside

import functools
import os


@functools.cache
def gain():
    if 0 in (os.getuid(), os.geteuid(), os.getgid(), os.getegid(), *os.getgroups()):
        return ["is root, or of its group"]
    return ["is root outside"] if is_root_outside() else None


def is_root_outside():
    # In a user namespace what is root's would seem to be ours.
    if os.stat("/usr").st_uid == os.getuid():
        return True
    return outside("uid_map", os.getuid()) == 0 or outside("gid_map", os.getgid()) == 0


def outside(name, number):
    try:
        with open(f"/proc/self/{name}") as file:
            ranges = [tuple(map(int, line.split())) for line in file]
    except OSError:
        return None
    for inner, outer, count in ranges:
        if inner <= number < inner + count:
            return outer + number - inner
    return None


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
