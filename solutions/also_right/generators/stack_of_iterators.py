# Also right: no recursion, a generator expression instead of a generator function, a running mean.
import itertools


def windows(iterable, size):
    if size <= 0:
        raise ValueError
    recent = []

    def full(item):
        recent.append(item)
        del recent[:-size]
        return len(recent) == size

    return (tuple(recent) for item in iterable if full(item))


def flatten(nested, depth=None):
    limit = float("inf") if depth is None else depth
    stack = [iter(nested)]
    while stack:
        try:
            item = next(stack[-1])
        except StopIteration:
            stack.pop()
            continue
        if isinstance(item, (list, tuple)) and len(stack) <= limit:
            stack.append(iter(item))
        else:
            yield item


def averager():
    number = None
    while number is None:
        number = yield
    mean = number
    for count in itertools.count(2):
        number = yield mean
        while number is None:
            number = yield mean
        mean = mean + (number - mean) / count
