"""Adds the entry of an exercise to a catalogue, and leaves every other byte as it is.

tomlkit keeps comments, but appends a table behind the comment that stands above the next section.
So it only tells where the next section begins, and the entry goes in as text.
"""

import re
import tomllib
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from grader.bank import CATALOG, quoted
from grader.errors import UsageError

_BYTE_ORDER_MARK = "\ufeff"
_MARK = "\0"  # no TOML file holds it


def with_entry(catalogue: bytes, section_id: str, exercise_id: str, title: str) -> bytes:
    """Return a catalogue with one more [[section.exercise]], at the end of a section that it has.

    Raises:
        UsageError: when the section is not laid out as [[section]] and [[section.exercise]].
    """
    text = catalogue.decode("utf-8")
    expected = _document(text)
    sections = expected["section"]
    number = next(n for n, section in enumerate(sections) if section["id"] == section_id)
    sections[number].setdefault("exercise", []).append({"id": exercise_id, "title": title})

    extended = _insert(text, _line_of_section(text, number + 1), _entry(exercise_id, title))
    if not _says(extended, expected):
        raise UsageError(
            f"{CATALOG.as_posix()}: the tables of the section {quoted(section_id)} are laid out "
            "in a way that cannot be added to; write them as [[section]] and [[section.exercise]]"
        )
    return extended.encode("utf-8")


def _document(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix(_BYTE_ORDER_MARK))


def _says(text: str, expected: dict[str, Any]) -> bool:
    try:
        return _document(text) == expected
    except tomllib.TOMLDecodeError:
        return False


def _entry(exercise_id: str, title: str) -> list[str]:
    """Return the lines of an entry, without line ends."""
    table = tomlkit.document()
    table.add("id", tomlkit.string(exercise_id))
    table.add("title", tomlkit.string(title))
    return ["[[section.exercise]]", *table.as_string().splitlines()]


def _line_of_section(text: str, number: int) -> int | None:
    """Return the index of the line with the header of a section, or None where there is none."""
    try:
        document = tomlkit.parse(text.removeprefix(_BYTE_ORDER_MARK))
    except TOMLKitError:
        return None
    sections = document["section"]
    if not isinstance(sections, AoT) or number >= len(sections):
        return None
    trivia = sections[number].trivia
    trivia.indent = _MARK + trivia.indent
    before, _, _ = document.as_string().partition(_MARK)
    return before.count("\n")


def _insert(text: str, header: int | None, entry: list[str]) -> str:
    """Insert lines above the line `header` and its comment, or at the end, with blank lines."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    place = len(lines) if header is None else header
    while header is not None and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    while not lines[place - 1].strip():
        place -= 1
    before, after = "".join(lines[:place]), "".join(lines[place:])
    gap_before = line_end if before.endswith("\n") else 2 * line_end
    gap_after = line_end if after and lines[place].strip() else ""
    return before + gap_before + "".join(line + line_end for line in entry) + gap_after + after
