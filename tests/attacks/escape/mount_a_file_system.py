# Expected: it passes
# Tries: mounts something, by the old system calls and by the new

import ctypes
import functools
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "mount": {"x86_64": 165, "aarch64": 40},
    "pivot_root": {"x86_64": 155, "aarch64": 41},
    "open_tree": {"x86_64": 428, "aarch64": 428},
    "fsopen": {"x86_64": 430, "aarch64": 430},
    "mount_setattr": {"x86_64": 442, "aarch64": 442},
}
MS_REMOUNT, MS_BIND = 32, 4096
AT_FDCWD, OPEN_TREE_CLONE = -100, 1


@functools.cache
def gain():
    return [
        name
        for name in ("tmpfs", "bind", "remount", "pivot", "tree", "new", "change")
        if does(name)
    ] or None


def does(name):
    """Try it in a process of its own, so that nothing comes of it here."""
    pid = os.fork()
    if pid == 0:
        os._exit(attempt(name) >= 0)
    return os.waitpid(pid, 0)[1] != 0


def attempt(name):
    if name == "tmpfs":
        return call("mount", b"tmpfs", b"/tmp", b"tmpfs", 0, None)
    if name == "bind":
        return call("mount", b"/usr", b"/tmp", None, MS_BIND, None)
    if name == "remount":
        return call("mount", None, b"/", None, MS_REMOUNT | MS_BIND, None)
    if name == "pivot":
        return call("pivot_root", b"/tmp", b"/tmp")
    if name == "tree":
        return call("open_tree", AT_FDCWD, b"/", OPEN_TREE_CLONE)
    if name == "new":
        return call("fsopen", b"tmpfs", 0)
    return call("mount_setattr", AT_FDCWD, b"/", 0, (ctypes.c_uint64 * 4)(), ctypes.c_size_t(32))


def call(name, *arguments):
    number = NUMBERS[name].get(platform.machine())
    return -1 if number is None else LIBC.syscall(number, *arguments)


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
