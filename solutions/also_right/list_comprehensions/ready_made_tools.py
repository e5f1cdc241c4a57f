# Also right: ready-made tools of the standard library instead of loops.
"""Three functions that leave the work to built-in functions and `itertools`."""

from functools import partial
from itertools import repeat
from operator import lt


def grid(width, height, cell):
    def row(y):
        return list(map(cell, range(width), repeat(y)))

    return list(map(row, range(height)))


def transpose(rows, fill=None):
    length = max(map(len, rows), default=0)
    padded = (row + [fill] * (length - len(row)) for row in rows)
    return list(map(list, zip(*padded)))


def map_above(func, items, threshold):
    return list(filter(partial(lt, threshold), map(func, items)))
