"""Watches the examples that Hypothesis tries, and keeps the smallest one that fails."""

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis.errors import UnsatisfiedAssumption

from grader.inside.wire import WireError, encode
from grader.messages import show

# How many more examples are tried once one has failed. Shrinking mostly takes fewer; a count and
# not a time, so that the counterexample is the same on a slow machine and on a fast one.
MAX_SHRINKS = 500

# What Hypothesis takes for a failing example; `pytest.fail` raises no `Exception`.
FAILURES = (Exception, pytest.fail.Exception)

Counterexample = tuple[tuple[str, str], ...]


class ShrunkEnough(BaseException):
    """Ends a search for a smaller example; no `Exception`, or Hypothesis would go on."""


class MemoryIsOut(BaseException):
    """The judge's own memory is used up; no `Exception`, or Hypothesis would try to go on."""


@dataclass(frozen=True)
class FailingExample:
    """The arguments of a failing example as they are shown, and what was raised.

    `encoded` are the same arguments as the wire writes them, "" where they are not known to be
    as they were drawn, or are no plain data.
    """

    arguments: Counterexample
    error: BaseException
    encoded: str = ""

    @property
    def size(self) -> int:
        """How much there is to read."""
        return sum(len(value) for _, value in self.arguments)


class Watch:
    """Looks on while one test function runs."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, as if no example had been tried."""
        self._shrinks = 0
        self._last: FailingExample | None = None
        self._smallest: FailingExample | None = None
        self._current: Counterexample = ()
        self._encoded = ""

    @contextlib.contextmanager
    def on(self, function: Any) -> Iterator[None]:
        """Watch the examples of `function` inside the block, if it is one of Hypothesis's."""
        handle = getattr(function, "hypothesis", None)
        if handle is None:
            yield
            return
        original = handle.inner_test
        handle.inner_test = self._watched(original)
        try:
            yield
        finally:
            handle.inner_test = original

    def example_for(self, error: BaseException) -> FailingExample:
        """Return the example to show for a test that ended with `error`.

        Where Hypothesis has come to an end, it is the one that it settled on; where the search
        was cut short, the smallest that had failed until then.
        """
        if self._last is not None and error is self._last.error:
            return self._last
        if self._smallest is not None:
            return self._smallest
        return FailingExample(self._current, error)

    def _watched(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(inner)
        def watched(*args: Any, **kwargs: Any) -> Any:
            is_shrinking = self._smallest is not None
            if self._shrinks == MAX_SHRINKS:
                raise ShrunkEnough
            self._shrinks += is_shrinking
            # Before the call, since a test may change what it was given; but not for each of the
            # many examples that pass, since it takes longer than most of them.
            self._current = _shown(kwargs) if is_shrinking else ()
            self._encoded = _encoded(kwargs) if is_shrinking else ""
            try:
                return inner(*args, **kwargs)
            except MemoryError:
                raise MemoryIsOut from None
            except BaseException as error:
                self._failed(error, self._current or _shown(kwargs))
                raise

        return watched

    def _failed(self, error: BaseException, arguments: Counterexample) -> None:
        self._current = arguments
        if not isinstance(error, FAILURES) or isinstance(error, UnsatisfiedAssumption):
            return  # the test has ended, or the example was given up
        self._last = FailingExample(arguments, error, self._encoded)
        if self._smallest is None or self._last.size < self._smallest.size:
            self._smallest = self._last


def _shown(arguments: Mapping[str, Any]) -> Counterexample:
    # A method's object is among them, and was not drawn.
    drawn = (item for item in arguments.items() if item[0] != "self")
    return tuple((name, show(value)) for name, value in drawn)


def _encoded(arguments: Mapping[str, Any]) -> str:
    try:
        return encode(dict(arguments), plain_only=True).decode("ascii")
    except WireError:
        return ""
