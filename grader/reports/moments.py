"""Writes a moment of a record for programs: in UTC, to the second."""

from datetime import UTC, datetime


def utc(moment: datetime) -> str:
    """Return a moment as 2026-06-01T14:32:05Z (ISO 8601); without a zone it is one of UTC."""
    there = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return there.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
