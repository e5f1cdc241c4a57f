# Also right: `zip` over `tee`d iterators, `chain` over levels, `statistics.mean`.
from itertools import chain, islice, tee
from statistics import mean


def windows(iterable, size):
    if size < 1:
        raise ValueError("a window holds at least one item")

    def lazily():
        copies = tee(iterable, size)
        shifted = [islice(copy, start, None) for start, copy in enumerate(copies)]
        yield from zip(*shifted)

    return lazily()


def flatten(nested, depth=None):
    if depth == 0:
        return iter(nested)
    below = None if depth is None else depth - 1
    return chain.from_iterable(
        flatten(item, below) if isinstance(item, (list, tuple)) else (item,) for item in nested
    )


def averager():
    numbers = []
    while True:
        number = yield mean(numbers) if numbers else None
        if number is not None:
            numbers.append(number)
