# Expected: double fails
# Tries: ships settings by which pytest would collect tests but run none

from helpers import total


def double(number):
    return 0


def echo(text):
    return text
