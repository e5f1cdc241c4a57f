"""Recorded examples: what Hypothesis has drawn for the reference, tried on a submission as it is.

Drawing examples takes most of a judge's time, and everybody who is graded with one seed gets the
same ones. So they are drawn once, while the reference is judged, and kept as plain data; for a
submission the test function is called with each of them in turn. That a submission passes them all
is what it would have been judged by, too. Where one fails, Hypothesis runs, with the same seed, and
finds the smallest one that does.

A test is not recorded, and Hypothesis always runs, where what is drawn may follow from an answer or
is no plain data: it draws while it runs, gives examples up (`assume`), aims (`target`), takes what
cannot be copied or what pytest gives it, or is a state machine.
"""

import contextlib
import functools
import inspect
import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption

from grader.files import replace_file
from grader.inside.wire import WireError, decode, encode

Example = Mapping[str, Any]
"""The arguments of one call of a test function, by name."""


class Recorder:
    """Takes down the examples of each test while the reference is judged."""

    def __init__(self) -> None:
        self._tests: dict[str, list[str] | None] = {}

    @contextlib.contextmanager
    def on(self, name: str, function: Any) -> Iterator[None]:
        """Take down the examples that are tried on a test function inside the block."""
        handle = getattr(function, "hypothesis", None)
        if handle is None or not _can_be_recorded(function):
            yield
            return
        self._tests[name] = []
        original = handle.inner_test
        handle.inner_test = self._recorded(name, original)
        try:
            yield
        except BaseException:
            self._tests[name] = None
            raise
        finally:
            handle.inner_test = original

    def write(self, file: Path) -> None:
        """Keep what was taken down; a file that cannot be written is done without."""
        content = json.dumps(self._tests).encode("ascii")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, content)

    def _recorded(self, name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(inner)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            self._take_down(name, kwargs)
            try:
                return inner(*args, **kwargs)
            except UnsatisfiedAssumption:
                self._tests[name] = None
                raise

        return recorded

    def _take_down(self, name: str, example: Example) -> None:
        examples = self._tests[name]
        if examples is None:
            return
        try:
            examples.append(encode(dict(example), plain_only=True).decode("ascii"))
        except WireError:
            self._tests[name] = None


def _can_be_recorded(function: Any) -> bool:
    """Tell whether a test takes nothing but examples, and does not steer what is drawn."""
    steering = (hypothesis.target, hypothesis.currently_in_test_context)
    names = inspect.unwrap(function.hypothesis.inner_test).__globals__.values()
    return not inspect.signature(function).parameters and not any(
        value is one for value in names for one in steering
    )


class Recording:
    """The recorded examples of one file of hidden tests."""

    def __init__(self, tests: Mapping[str, list[str] | None]) -> None:
        """Hold what `read_recording` has read."""
        self._tests = tests

    def examples_for(self, name: str) -> Iterator[Example] | None:
        """Return the examples of a test, or None where it is not recorded."""
        examples = self._tests.get(name)
        return map(_decoded, examples) if examples else None


def read_recording(file: Path | None) -> Recording:
    """Return the recording that a `Recorder` wrote; an empty one where there is none to be read."""
    if file is None:
        return Recording({})
    try:
        tests = json.loads(file.read_bytes())
        os.utime(file)  # `grader.cache.prune` goes by it
    except (OSError, ValueError):
        return Recording({})
    return Recording(tests)


def _decoded(payload: str) -> Example:
    example: Example = decode(payload.encode("ascii"))
    return example


class OnlyLive(Exception):  # noqa: N818 - no error, but how a replay says that it decides nothing
    """A recorded example cannot tell what becomes of the test; Hypothesis has to run."""


def replay(function: Any, examples: Iterator[Example]) -> None:
    """Call a test function, made with `@given`, with recorded examples until one fails.

    Raises:
        OnlyLive: when the test has given an example up, or asked for Hypothesis.
        BaseException: what the test has raised, one of `examples.FAILURES` or what ends a test
            without a failing example, such as a timeout.
    """
    inner = function.hypothesis.inner_test
    for example in examples:
        random.seed(0)  # as Hypothesis does before each example
        try:
            inner(**example)
        except (HypothesisException, pytest.skip.Exception) as error:
            raise OnlyLive from error
