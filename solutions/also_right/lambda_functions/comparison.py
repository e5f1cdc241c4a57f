# Also right: records are compared in pairs, and functions are made from ready-made ones.
"""Three functions that use `functools` and `operator`."""

from functools import cmp_to_key, partial
from operator import mul


def multipliers(factors):
    return [partial(mul, factor) for factor in factors]


def sort_by(records, fields):
    def compare(one, other):
        for field in fields:
            key = field.lstrip("-")
            order = (one[key] > other[key]) - (one[key] < other[key])
            if order:
                return -order if field.startswith("-") else order
        return 0

    return sorted(records, key=cmp_to_key(compare))


def all_of(*predicates):
    def accepts(*args, **kwargs):
        return not any(not predicate(*args, **kwargs) for predicate in predicates)

    return accepts
