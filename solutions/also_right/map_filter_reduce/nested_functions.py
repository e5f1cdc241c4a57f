# Also right: `iter` with a marker for the end, and `accumulate` written anew for the fold.
"""Three tools that are built from `iter(function, marker)` and a running total."""

from collections import deque

MISSING = object()
END = object()


def lazy_map(func, *iterables):
    iterators = tuple(iter(iterable) for iterable in iterables)

    def next_value():
        items = []
        for iterator in iterators:
            item = next(iterator, END)
            if item is END:
                return END
            items.append(item)
        return func(*items)

    return iter(next_value, END)


def lazy_filter(predicate, iterable):
    iterator = iter(iterable)

    def next_kept():
        for item in iterator:
            if (predicate or bool)(item):
                return item
        return END

    return iter(next_kept, END)


def running(func, iterator, so_far):
    yield so_far
    for item in iterator:
        so_far = func(so_far, item)
        yield so_far


def fold(func, iterable, initial=MISSING):
    iterator = iter(iterable)
    if initial is MISSING:
        initial = next(iterator, MISSING)
        if initial is MISSING:
            raise TypeError("fold() of an empty iterable without an initial value")
    return deque(running(func, iterator, initial), maxlen=1).pop()
