"""Moments for programs: in UTC, to the second."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.reports.moments import utc


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 6, 1, 14, 32, 5, tzinfo=UTC),
        datetime(2026, 6, 1, 14, 32, 5, 999_999),
        datetime(2026, 6, 1, 16, 32, 5, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_moment_is_written_in_utc_to_the_second(moment: datetime) -> None:
    assert utc(moment) == "2026-06-01T14:32:05Z"


def test_the_year_has_four_digits() -> None:
    assert utc(datetime(1, 2, 3)) == "0001-02-03T00:00:00Z"
