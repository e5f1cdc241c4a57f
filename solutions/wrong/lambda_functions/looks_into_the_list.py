# Mistake: each function looks into the list `factors` when it is called. Caught by: test_multipliers_have_their_own_factors
"""Three functions that make small functions or need one."""

from collections.abc import Callable
from typing import Any


def multipliers(factors: list[float]) -> list[Callable[[float], float]]:
    """Return a list of functions; each multiplies a number by one of the factors."""
    return [lambda number, i=i: factors[i] * number for i in range(len(factors))]


def sort_by(records: list[dict[str, Any]], fields: list[str]) -> list[dict[str, Any]]:
    """Return the records sorted by several fields, downwards by those with a `-`."""
    result = list(records)
    # Sorting keeps the order of equal records, so the field that matters most is sorted last.
    for field in reversed(fields):
        key = field.removeprefix("-")
        result.sort(key=lambda record, key=key: record[key], reverse=field.startswith("-"))
    return result


def all_of(*predicates: Callable[..., Any]) -> Callable[..., bool]:
    """Return a function that tells whether all predicates say yes."""
    return lambda *args, **kwargs: all(predicate(*args, **kwargs) for predicate in predicates)
