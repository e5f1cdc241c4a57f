# Mistake: rows count as equal when they look alike as text. Caught by: test_intern_rows_gives_a_tuple_for_each_row
"""Three uses of tuples: objects that are shared, keys of a dict, and smaller containers."""

import sys
from collections.abc import Iterable
from typing import Any


def intern_rows(rows: Iterable[list[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows as tuples, with one object for all rows that are equal."""
    known: dict[str, tuple[Any, ...]] = {}
    interned = []
    for row in rows:
        text = ",".join(map(str, row))
        if text not in known:
            known[text] = tuple(row)
        interned.append(known[text])
    return interned


def index_by(
    rows: Iterable[list[Any]], columns: list[int]
) -> dict[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """Return the rows as tuples, grouped by their values in the given columns."""
    groups: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        groups.setdefault(key, []).append(tuple(row))
    return {key: tuple(group) for key, group in groups.items()}


def container_bytes(values: Iterable[Any]) -> dict[str, int]:
    """Return the sizes in bytes of a list and of a tuple that hold these values."""
    items = tuple(values)  # first, since an iterator gives its values only once
    return {"list": sys.getsizeof(list(items)), "tuple": sys.getsizeof(items)}
