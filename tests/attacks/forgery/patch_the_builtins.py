# Expected: double fails
# Tries: replaces the builtins that look at its answer
# Harmless

import builtins


class Agreeable(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


def double(number):
    genuine = builtins.type
    builtins.type = lambda *given: int if isinstance(given[0], Agreeable) else genuine(*given)
    builtins.abs = lambda value: 0
    return Agreeable(7)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
