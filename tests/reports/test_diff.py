"""Which line of a diff is which."""

import difflib

import pytest

from grader.reports.diff import Part, part_of


def test_the_lines_of_a_diff_are_told_apart() -> None:
    before, after = ["def double(x):", "    return x"], ["def double(x):", "    return 2 * x"]
    lines = difflib.unified_diff(before, after, "double.py", "mutant 1", lineterm="")
    assert [part_of(line) for line in lines] == [
        *(Part.FILE, Part.FILE, Part.HUNK),
        *(Part.OTHER, Part.REMOVED, Part.ADDED),
    ]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", Part.OTHER),
        (" # a comment of the program", Part.OTHER),
        ("# a note of ours", Part.NOTE),
        ("---x  # an operator, not a file", Part.REMOVED),
        ("+", Part.ADDED),
        ("@property", Part.OTHER),
        ("test_double: Your code gave a wrong answer.", Part.OTHER),
    ],
)
def test_a_line_is_what_it_begins_as(line: str, part: Part) -> None:
    assert part_of(line) is part
