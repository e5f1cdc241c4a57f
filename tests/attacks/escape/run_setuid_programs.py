# Expected: it passes
# Tries: runs every program that belongs to root and runs as root

import functools
import os
import stat
import subprocess
import time

FOLDERS = ("/usr/bin", "/usr/sbin", "/usr/libexec", "/usr/lib/openssh", "/usr/local/bin")


@functools.cache
def gain():
    return [name for folder in FOLDERS for name in programs(folder) if runs_as_root(name)] or None


def programs(folder):
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISREG(mode) and mode & stat.S_ISUID:
            yield entry.path


def runs_as_root(name):
    quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        program = subprocess.Popen([name], **quiet)
    except OSError:
        return False
    time.sleep(0.02)  # until it waits for what is typed, as `su` does for a password
    try:
        return os.stat(f"/proc/{program.pid}").st_uid == 0
    except OSError:
        return False
    finally:
        program.kill()
        program.communicate()


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
