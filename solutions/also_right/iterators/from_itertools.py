# Also right: put together from `itertools`: `count` and `takewhile` give the numbers, and `chain` puts an item back that was shown.
from itertools import chain, count, takewhile

MISSING = object()


class Steps:
    def __init__(self, start, stop, step=1):
        if step == 0:
            raise ValueError("a step of 0")
        self.numbers = start, stop, step

    def __iter__(self):
        start, stop, step = self.numbers
        before_stop = stop.__gt__ if step > 0 else stop.__lt__
        return takewhile(before_stop, count(start, step))


class Peekable:
    def __init__(self, iterable):
        self.rest = iter(iterable)
        self.shown = False

    def __iter__(self):
        return self

    def take(self):
        for item in self.rest:
            return item
        self.rest = iter(())  # nothing comes any more, whatever the source would say
        raise StopIteration

    def __next__(self):
        item = self.take()
        if self.shown:
            # What was shown is taken now, and the source alone is left.
            self.rest = self.source
            self.shown = False
        return item

    def peek(self, default=MISSING):
        try:
            item = self.take()
        except StopIteration:
            if default is not MISSING:
                return default
            raise
        if not self.shown:
            self.source = self.rest
            self.shown = True
        self.rest = chain([item], self.source)
        return item
