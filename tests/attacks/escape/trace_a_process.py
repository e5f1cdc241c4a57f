# Expected: it passes
# Tries: takes another process over by `ptrace`

import ctypes
import functools
import os
import platform
import signal

LIBC = ctypes.CDLL(None, use_errno=True)
PTRACE = {"x86_64": 101, "aarch64": 117}
PTRACE_SEIZE = 0x4206


@functools.cache
def gain():
    number = PTRACE.get(platform.machine())
    pid = os.fork()
    if pid == 0:
        signal.pause()
    traced = [one for one in (pid, os.getppid(), 1) if number and seize(number, one)]
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return [f"traces process {one}" for one in traced] or None


def seize(number, pid):
    return LIBC.syscall(number, PTRACE_SEIZE, pid, None, None) == 0


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
