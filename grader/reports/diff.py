"""Tells the lines of a diff apart, so that each report can show them in its own way."""

from enum import StrEnum


class Part(StrEnum):
    """What a line of a unified diff is, or of the notes that stand with it."""

    FILE = "file"
    HUNK = "hunk"
    REMOVED = "removed"
    ADDED = "added"
    NOTE = "note"
    OTHER = "other"


_BEGINNINGS = (
    ("--- ", Part.FILE),
    ("+++ ", Part.FILE),
    ("@@ ", Part.HUNK),
    ("-", Part.REMOVED),
    ("+", Part.ADDED),
    ("#", Part.NOTE),
)


def part_of(line: str) -> Part:
    """Return what a line is, by how it begins; what is in no diff is OTHER."""
    return next((part for begin, part in _BEGINNINGS if line.startswith(begin)), Part.OTHER)
