# Mistake: numbers are negated to turn the order around, which fails for strings. Caught by: test_sort_by_one_field, test_sort_by_several_fields
"""Three functions that make small functions or need one."""

from collections.abc import Callable
from typing import Any


def multipliers(factors: list[float]) -> list[Callable[[float], float]]:
    """Return a list of functions; each multiplies a number by one of the factors."""
    # A default is evaluated when the function is made; the loop variable changes later.
    return [lambda number, factor=factor: factor * number for factor in factors]


def sort_by(records: list[dict[str, Any]], fields: list[str]) -> list[dict[str, Any]]:
    """Return the records sorted by several fields, downwards by those with a `-`."""
    result = list(records)
    for field in reversed(fields):
        key = field.removeprefix("-")
        sign = -1 if field.startswith("-") else 1
        result.sort(
            key=lambda record, key=key, sign=sign: record[key] if sign > 0 else -record[key]
        )
    return result


def all_of(*predicates: Callable[..., Any]) -> Callable[..., bool]:
    """Return a function that tells whether all predicates say yes."""
    return lambda *args, **kwargs: all(predicate(*args, **kwargs) for predicate in predicates)
