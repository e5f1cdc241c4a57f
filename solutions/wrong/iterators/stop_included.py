# Mistake: `stop` itself is given when a step lands on it. Caught by: test_steps_counts_from_start_to_stop
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
        return StepsIterator(self)


class StepsIterator:
    """One walk over the numbers of a `Steps` object; its place is its own."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._upcoming = steps.start

    def __iter__(self) -> Iterator[int]:
        """Return this iterator itself."""
        return self

    def __next__(self) -> int:
        """Return the next number; raise StopIteration when `stop` is reached."""
        if self._is_over():
            raise StopIteration
        number = self._upcoming
        self._upcoming += self._steps.step
        return number

    def _is_over(self) -> bool:
        if self._steps.step > 0:
            return self._upcoming > self._steps.stop
        return self._upcoming < self._steps.stop


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
