# Also right: generator expressions, and a fold that works on a list by recursion.
"""Three tools, each in a few expressions."""

MISSING = object()


def lazy_map(func, *iterables):
    return (func(*items) for items in zip(*iterables))


def lazy_filter(predicate, iterable):
    keeps = bool if predicate is None else predicate
    return (item for item in iterable if keeps(item))


def fold(func, iterable, initial=MISSING):
    items = list(iterable) if initial is MISSING else [initial, *iterable]
    if not items:
        raise TypeError
    *others, last = items
    return func(fold(func, others), last) if others else last
