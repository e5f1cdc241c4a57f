# Expected: double fails
# Tries: ships a conftest and a plugin that make every report a pass

from helpers import total


def double(number):
    return 0


def echo(text):
    return text
