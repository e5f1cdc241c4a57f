# Mistake: all items of `nested` are put on a stack before the first value comes out. Caught by: test_flatten_does_not_read_ahead
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
    levels_left = -1 if depth is None else depth
    stack = [(item, levels_left) for item in nested][::-1]
    while stack:
        item, levels_left = stack.pop()
        if levels_left == 0 or not isinstance(item, list | tuple):
            yield item
        else:
            stack += [(inner, levels_left - 1) for inner in reversed(item)]


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
