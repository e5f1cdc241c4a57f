# Mistake: the numbers are kept in one list for all averagers. Caught by: test_averagers_do_not_mix
"""Three generators: neighbours, nested values, and a mean that is asked by `send`."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction
from typing import Any


def windows(iterable: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Return an iterator over all runs of `size` neighbours in `iterable`."""
    # A function with a `yield` of its own would check only at the first `next`.
    if size < 1:
        raise ValueError("size must be at least 1")
    return _valid_windows(iterable, size)


def _valid_windows(iterable: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Yield the windows for a size that has been checked."""
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


numbers: list[Fraction] = []


def averager() -> Generator[Fraction | None, Fraction | None, None]:
    """Answer each number that is sent with the mean of all numbers so far."""
    mean = None
    while True:
        number = yield mean
        if number is not None:
            numbers.append(number)
        if numbers:
            mean = sum(numbers) / len(numbers)
