# Expected: double fails
# Tries: ships what Python runs or finds before its own: start-up files and namesakes

from helpers import total


def double(number):
    return 0


def echo(text):
    return text
