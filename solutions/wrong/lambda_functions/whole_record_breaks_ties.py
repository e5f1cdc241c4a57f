# Mistake: equal records are sorted by the rest of what they hold. Caught by: test_sort_by_keeps_equal_records_in_order
"""Three functions that make small functions or need one."""

from collections.abc import Callable
from typing import Any


def multipliers(factors: list[float]) -> list[Callable[[float], float]]:
    """Return a list of functions; each multiplies a number by one of the factors."""
    # A default is evaluated when the function is made; the loop variable changes later.
    return [lambda number, factor=factor: factor * number for factor in factors]


def sort_by(records: list[dict[str, Any]], fields: list[str]) -> list[dict[str, Any]]:
    """Return the records sorted by several fields, downwards by those with a `-`."""
    result = sorted(records, key=lambda record: [str(value) for value in record.values()])
    # Sorting keeps the order of equal records, so the field that matters most is sorted last.
    for field in reversed(fields):
        key = field.removeprefix("-")
        result.sort(key=lambda record, key=key: record[key], reverse=field.startswith("-"))
    return result


def all_of(*predicates: Callable[..., Any]) -> Callable[..., bool]:
    """Return a function that tells whether all predicates say yes."""
    return lambda *args, **kwargs: all(predicate(*args, **kwargs) for predicate in predicates)
