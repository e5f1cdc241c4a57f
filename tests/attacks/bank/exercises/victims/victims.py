"""# Three small functions in two files

`double(number)` gives twice an int, `echo(text)` gives a text back; `total(numbers)`, the sum of a
list of ints, is defined in `helpers.py`.
"""

from helpers import total

__all__ = ["double", "echo", "total"]


def double(number):
    raise NotImplementedError


def echo(text):
    raise NotImplementedError
