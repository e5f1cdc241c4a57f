# Expected: double fails
# Tries: ships tests of its own under the names of the hidden ones

from helpers import total


def double(number):
    return 0


def echo(text):
    return text
