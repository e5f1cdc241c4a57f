# Mistake: the codes of letters are negated, which puts a word before its beginning wrongly. Caught by: test_sort_by_one_field
"""Three functions that make small functions or need one."""

from collections.abc import Callable
from typing import Any


def multipliers(factors: list[float]) -> list[Callable[[float], float]]:
    """Return a list of functions; each multiplies a number by one of the factors."""
    # A default is evaluated when the function is made; the loop variable changes later.
    return [lambda number, factor=factor: factor * number for factor in factors]


def sort_by(records: list[dict[str, Any]], fields: list[str]) -> list[dict[str, Any]]:
    """Return the records sorted by several fields, downwards by those with a `-`."""

    def sort_key(record):
        return [
            _negative(record[field[1:]]) if field.startswith("-") else record[field]
            for field in fields
        ]

    return sorted(records, key=sort_key)


def _negative(value: Any) -> Any:
    if isinstance(value, str):
        return [-ord(letter) for letter in value]
    return -value


def all_of(*predicates: Callable[..., Any]) -> Callable[..., bool]:
    """Return a function that tells whether all predicates say yes."""
    return lambda *args, **kwargs: all(predicate(*args, **kwargs) for predicate in predicates)
