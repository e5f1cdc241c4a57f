# Expected: double crashes or raises
# Tries: recurses without end, with the limit taken away

import sys


class Deep:
    def __repr__(self):
        return repr(self)


def double(number):
    sys.setrecursionlimit(10**9)
    return repr(Deep())


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
