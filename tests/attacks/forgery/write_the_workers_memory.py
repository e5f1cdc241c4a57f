# Expected: double fails
# Tries: overwrites the memory of the worker, whose user is the same

import os
import re


def double(number):
    worker = os.getppid()
    try:
        with open(f"/proc/{worker}/maps") as maps, open(f"/proc/{worker}/mem", "r+b", 0) as memory:
            for line in maps:
                match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw.*\[heap\]", line)
                if match:
                    start, end = (int(bound, 16) for bound in match.groups())
                    memory.seek(start)
                    memory.write(b"\xff" * (end - start))
    except OSError:
        pass
    return 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
