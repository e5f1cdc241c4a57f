# Expected: double gives a bad reply
# Tries: makes the codec on its side of the wire write a tag for what is equal to all
# Harmless

import sys


class Anything:
    def __eq__(self, other):
        return True

    __hash__ = None


def double(number):
    encoder = sys.modules["grader.inside.wire"]._Encoder
    genuine = encoder._tagged

    def tagged(self, value, kind, depth):
        if kind is Anything:
            return {"python": "unittest.mock.ANY"}
        return genuine(self, value, kind, depth)

    encoder._tagged = tagged
    return Anything()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
