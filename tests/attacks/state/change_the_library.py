# Expected: double fails
# Tries: changes what the next test will import: the library, its own file, what is cached of them

import functools
import importlib
import os
import random
import sys

SEEN = getattr(random, "POISONED", False)
POISON = "import sys; sys.modules['random'].POISONED = True\n"


@functools.cache
def poison():
    random.POISONED = True
    library = os.path.dirname(os.__file__)
    names = (
        random.__file__,
        f"{library}/sitecustomize.py",
        f"{library}/site-packages/a.pth",
        __file__,
    )
    names += (
        importlib.util.cache_from_source(__file__),
        importlib.util.cache_from_source(random.__file__),
    )
    names += tuple(f"{folder}/json.py" for folder in (os.getcwd(), os.path.dirname(__file__)))
    for name in names:
        try:
            os.makedirs(os.path.dirname(name), exist_ok=True)
            with open(name, "w") as file:
                file.write(POISON)
        except OSError:
            pass
    sys.path.insert(0, "/dev/shm")


def double(number):
    poison()
    return 0


def echo(text):
    return "seen" if SEEN else text


def total(numbers):
    return -1 if SEEN else sum(numbers)
