# Expected: it passes
# Tries: looks through its own and the worker's memory for the text of the hidden tests

import os
import re

SECRET = re.compile(rb"the-secret-of-the-hidden-[t]ests")  # which is not found in itself


def find(process):
    """Return what stands around the secret in a process's memory, or b""."""
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            start, end = (int(bound, 16) for bound in match.groups()) if match else (0, 0)
            if 0 < end - start <= 16 * 1024 * 1024:
                memory.seek(start)
                found = SECRET.search(memory.read(end - start))
                if found:
                    return found.string[max(0, found.start() - 200) : found.end() + 200]
    return b""


def search_once():
    for process in ("self", os.getppid(), 1):
        try:
            found = find(process)
        except OSError:
            continue
        if found:
            return found
    return b""


found = search_once()


def double(number):
    return found or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
