# Expected: it passes
# Tries: reads the environment of every process, also what has been deleted from it

import functools
import os

OURS = {"PATH", "LANG", "TZ", "PYTHONDONTWRITEBYTECODE", "PYTHONNOUSERSITE", "PYTHONHASHSEED"}
OURS |= {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "HOME", "TMPDIR"}
# What an engine, bwrap and an image of Python add.
THEIRS = {"HOSTNAME", "PWD", "LC_CTYPE", "GPG_KEY", "PYTHON_VERSION", "PYTHON_SHA256", "container"}


@functools.cache
def gain():
    return sorted((set(os.environ) - OURS) | (set(all_names()) - OURS - THEIRS)) or None


def all_names():
    try:
        processes = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return
    for process in processes:
        try:
            with open(f"/proc/{process}/environ", "rb") as file:
                yield from (one.split(b"=")[0].decode() for one in file.read().split(b"\0") if one)
        except OSError:
            continue


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
