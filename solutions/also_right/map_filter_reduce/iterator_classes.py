# Also right: iterators as classes with `__next__`, and a fold that waits for its first item.
"""Three tools without a generator."""

MISSING = object()


class Mapped:
    def __init__(self, func, iterables):
        self.func = func
        self.iterators = [iter(iterable) for iterable in iterables]

    def __iter__(self):
        return self

    def __next__(self):
        arguments = []
        for iterator in self.iterators:
            arguments.append(next(iterator))
        return self.func(*arguments)


class Filtered:
    def __init__(self, predicate, iterable):
        self.predicate = predicate
        self.iterator = iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            item = next(self.iterator)
            answer = item if self.predicate is None else self.predicate(item)
            if answer:
                return item


def lazy_map(func, *iterables):
    return Mapped(func, iterables)


def lazy_filter(predicate, iterable):
    return Filtered(predicate, iterable)


def fold(func, iterable, initial=MISSING):
    result = initial
    is_first = initial is MISSING
    for item in iterable:
        result = item if is_first else func(result, item)
        is_first = False
    if is_first:
        raise TypeError("nothing to fold")
    return result
