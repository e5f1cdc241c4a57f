# Mistake: the check stands in the generator function itself, so that the error comes at the first `next`. Caught by: test_windows_refuse_a_size_below_one
"""Three generators: neighbours, nested values, and a mean that is asked by `send`."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from typing import Any


def windows(iterable: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Return an iterator over all runs of `size` neighbours in `iterable`."""
    if size < 1:
        raise ValueError("size must be at least 1")
    window: deque[Any] = deque(maxlen=size)
    for item in iterable:
        window.append(item)
        if len(window) == size:
            yield tuple(window)


def flatten(nested: Iterable[Any], depth: int | None = None) -> Iterator[Any]:
    """Return an iterator over the values in `nested`, down to `depth` levels."""
    for item in nested:
        if depth == 0 or not isinstance(item, list | tuple):
            yield item
        else:
            yield from flatten(item, None if depth is None else depth - 1)


def averager() -> Generator[Fraction | None, Fraction | None, None]:
    """Answer each number that is sent with the mean of all numbers so far."""
    total = Fraction()  # 0
    count = 0
    mean = None
    while True:
        number = yield mean
        if number is not None:
            total += number
            count += 1
            mean = total / count
