# Attack: recurses without end, with the limit taken away
# Expect: test_double=crashed|raised test_echo=passed test_total=passed

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
