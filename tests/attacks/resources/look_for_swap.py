# Expected: it passes
# Tries: looks whether there is swap to be had beyond the memory

import functools

CGROUP = "/sys/fs/cgroup"


@functools.cache
def gain():
    memory = read("memory/memory.limit_in_bytes")
    both = read("memory/memory.memsw.limit_in_bytes")
    if memory and both and int(both) > int(memory):
        return [f"{both} bytes of memory and swap"]
    swap = read("memory.swap.max")  # cgroup v2
    return [f"{swap} bytes of swap"] if swap and swap != "0" else None


def read(name):
    try:
        with open(f"{CGROUP}/{name}") as file:
            return file.read().strip()
    except OSError:
        return ""


def double(number):
    return gain() or 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
