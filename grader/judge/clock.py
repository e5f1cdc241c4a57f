"""The judge's own clock: how long a submission has kept it waiting, for a test and in all.

Only waiting counts. What the judge spends on drawing examples and comparing answers is not the
submission's time; a worker's word about time is never asked for.
"""

import contextlib
import time
from collections.abc import Iterator

from grader.limits import Limits


class Clock:
    """Counts down a test's and a submission's seconds while `waiting` is entered."""

    def __init__(self, limits: Limits) -> None:
        self._submission_left = limits.submission_seconds
        self._test_limit = limits.seconds_for(None)
        self._test_left = self._test_limit
        self._started = 0.0

    def begin_test(self, seconds: float) -> None:
        """Give the next test its full time."""
        self._test_limit = self._test_left = seconds

    def hurry(self, share: float) -> None:
        """Leave the test no more than a share (above 0, up to 1) of the time that it has in all."""
        self._test_left = min(self._test_left, share * self._test_limit)

    @property
    def test_limit(self) -> float:
        """How many seconds the test has in all."""
        return self._test_limit

    @property
    def waited_seconds(self) -> float:
        """How many of its seconds the test has used."""
        return self._test_limit - self._test_left

    @property
    def submission_is_over(self) -> bool:
        """Whether the time for all tests together has been used up."""
        return self._submission_left <= 0

    @contextlib.contextmanager
    def waiting(self) -> Iterator[float]:
        """Count the block's time; yields the deadline for it, as of `time.monotonic()`."""
        deadline = self.start()
        try:
            yield deadline
        finally:
            self.stop()

    def start(self) -> float:
        """Begin to wait, as `waiting` does; for each of many answers, without its overhead."""
        self._started = time.monotonic()
        return self._started + min(self._test_left, self._submission_left)

    def stop(self) -> None:
        """Take note that the wait is over."""
        spent = time.monotonic() - self._started
        self._test_left -= spent
        self._submission_left -= spent
