"""Tries recorded examples on a submission, in the place of drawing new ones."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis.errors import HypothesisException

from grader.judge.recording import Example


class OnlyLive(Exception):  # noqa: N818 - no error, but how a replay says that it decides nothing
    """A recorded example cannot tell what becomes of the test; Hypothesis has to run."""


def replay(function: Any, examples: Sequence[Example]) -> None:
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
