# Also right: classes with `__next__`, and `islice` for the first window.
from itertools import islice


class Windows:
    def __init__(self, iterable, size):
        if size < 1:
            raise ValueError(f"no windows of {size} items")
        self.iterable = iterable
        self.size = size
        self.source = None
        self.window = ()

    def __iter__(self):
        return self

    def __next__(self):
        if self.source is None:
            self.source = iter(self.iterable)
            self.window = tuple(islice(self.source, self.size))
            if len(self.window) < self.size:
                raise StopIteration
        else:
            self.window = (*self.window[1:], next(self.source))
        return self.window


def windows(iterable, size):
    return Windows(iterable, size)


def flatten(nested, depth=None):
    for item in nested:
        if type(item) not in (list, tuple) or depth == 0:
            yield item
        elif depth is None:
            yield from flatten(item)
        else:
            yield from flatten(item, depth=depth - 1)


class Averager:
    def __init__(self):
        self.numbers = []

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

    def send(self, number):
        if number is not None:
            self.numbers.append(number)
        if not self.numbers:
            return None
        return sum(self.numbers) / len(self.numbers)


averager = Averager
