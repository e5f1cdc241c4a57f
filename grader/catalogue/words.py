"""How the values of a catalogue, and the places where they stand, are shown to a person."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from grader.bank import quoted
from grader.errors import Problem

Loc = tuple[str | int, ...]
"""The keys and indexes that lead to a value: ("section", 0, "exercise", 1, "limits", "cpus")."""


class Finding(NamedTuple):
    """A problem before its place is put in words."""

    loc: Loc
    value: str
    message: str


def shown(value: object) -> str:
    """Write a value much as TOML has it, cut to 60 characters."""
    text = _written(value, levels=2)
    return text if len(text) <= 60 else text[:57] + "..."


def _written(value: object, levels: int) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value[:61])
        case int() if value.bit_length() > 64:
            return "a number of more than 64 bits"  # Python refuses to write very long ones
        case dict():
            return "a table"
        case list() if levels:
            return f"[{', '.join(_written(item, levels - 1) for item in value[:61])}]"
        case list():
            return "[...]"
    return str(value)


def problems_in_order(
    document: Mapping[str, Any], findings: Iterable[Finding]
) -> tuple[Problem, ...]:
    """Return the findings as problems, in the order in which the document has their tables."""
    in_order = sorted(findings, key=lambda finding: _order(finding.loc))
    return tuple(Problem(place_of(document, loc), value, text) for loc, value, text in in_order)


def _order(loc: Loc) -> list[int]:
    """Sort by the positions in the lists of the document, whatever the keys between are called."""
    return [step for step in loc if isinstance(step, int)]


def place_of(document: Mapping[str, Any], loc: Loc) -> str:
    """Write a place as a reader finds it: `section[0] "L2" > exercise[1] "iterators" > title`."""
    steps = []
    table: Any = document
    while len(loc) > 1 and loc[0] in ("section", "exercise"):
        key, index, *rest = loc
        table = table[key][index]
        table_id = table.get("id") if isinstance(table, dict) else None
        label = f" {shown(table_id)}" if isinstance(table_id, str) else ""
        steps.append(f"{key}[{index}]{label}")
        loc = tuple(rest)
    if loc:
        steps.append(_dotted(loc))
    return " > ".join(steps)


def _dotted(loc: Loc) -> str:
    text = ""
    for step in loc:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            bare = re.fullmatch(r"[A-Za-z0-9_-]{1,60}", step)
            text += f".{step if bare else shown(step)}"
    return text.removeprefix(".")
