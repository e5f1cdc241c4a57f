"""The reference: two functions of its own, and one from the other file."""

from helpers import total

__all__ = ["double", "echo", "total"]


def double(number):
    return 2 * number


def echo(text):
    return text
