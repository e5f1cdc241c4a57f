# Mistake: `Steps` computes all its numbers before it hands out the first one. Caught by: test_steps_computes_nothing_in_advance
"""An iterable and an iterator, each written as a class."""

from collections.abc import Iterable, Iterator
from typing import Any

MISSING: Any = object()  # stands for an argument that was not given


class Steps:
    """The numbers from `start` towards `stop`, `step` apart, without `stop` itself."""

    def __init__(self, start: int, stop: int, step: int = 1) -> None:
        """Keep the three numbers; raise ValueError for a step of 0."""
        if step == 0:
            raise ValueError("step must not be 0")
        self.start = start
        self.stop = stop
        self.step = step

    def __iter__(self) -> Iterator[int]:
        """Return a new iterator that begins at `start`."""
        numbers = []
        number = self.start
        while number < self.stop if self.step > 0 else number > self.stop:
            numbers.append(number)
            number += self.step
        return iter(numbers)


class Peekable:
    """An iterator over the items of `iterable` that can show the next one first."""

    def __init__(self, iterable: Iterable[Any]) -> None:
        """Get ready, without reading an item."""
        self._source = iter(iterable)
        self._waiting: list[Any] = []  # the item that was shown and not taken, if there is one
        self._exhausted = False

    def __iter__(self) -> Iterator[Any]:
        """Return this iterator itself."""
        return self

    def __next__(self) -> Any:
        """Take the next item and return it; raise StopIteration when none is left."""
        if self._waiting:
            return self._waiting.pop()
        return self._read()

    def peek(self, default: Any = MISSING) -> Any:
        """Return the next item, which stays the next one.

        When nothing is left, return `default`, or raise StopIteration without one.
        """
        if not self._waiting:
            try:
                self._waiting.append(self._read())
            except StopIteration:
                if default is MISSING:
                    raise
                return default
        return self._waiting[0]

    def _read(self) -> Any:
        """Return one more item of the source, which is not asked again after its end."""
        if self._exhausted:
            raise StopIteration
        try:
            return next(self._source)
        except StopIteration:
            self._exhausted = True
            raise
