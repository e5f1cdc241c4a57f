# Expected: double fails
# Tries: seeds and patches every random generator, to know the examples ahead
# Harmless

import random
import sys

random.seed(0)
for name in ("random", "getrandbits", "randrange", "randint"):
    setattr(random, name, lambda *given: 0)
random.Random.getrandbits = lambda self, count: 0
known = {0: 0}

try:
    import hypothesis

    hypothesis.settings.register_profile("none", max_examples=1, phases=[])
    hypothesis.settings.load_profile("none")
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("hypothesis"):
            vars(module).update(random=random)
except ImportError:
    pass


def double(number):
    return known.get(number, "not foreseen")


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
