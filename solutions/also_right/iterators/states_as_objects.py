# Also right: the numbers are computed from their place, and `Peekable` has an object for each of its three states.
class Steps:
    def __init__(self, start, stop, step=1):
        if not step:
            raise ValueError(f"a step of {step} leads nowhere")
        # The quotient of the way and the step, rounded up.
        self.length = max(0, -((start - stop) // step))
        self.start, self.step = start, step

    def __iter__(self):
        return Walk(self)


class Walk:
    place = 0

    def __init__(self, steps):
        self.steps = steps

    def __iter__(self):
        return self

    def __next__(self):
        if self.place == self.steps.length:
            raise StopIteration
        number = self.steps.start + self.place * self.steps.step
        self.place += 1
        return number


MISSING = object()


class Unread:
    """The state before an item is asked for."""


class Over:
    """The state after the end."""


class Shown:
    """The state in which an item waits."""

    def __init__(self, item):
        self.item = item


class Peekable:
    def __init__(self, iterable):
        self.iterator = iter(iterable)
        self.state = Unread()

    def __iter__(self):
        return self

    def look(self):
        if isinstance(self.state, Unread):
            try:
                self.state = Shown(self.iterator.__next__())
            except StopIteration:
                self.state = Over()
        return self.state

    def __next__(self):
        state = self.look()
        if isinstance(state, Over):
            raise StopIteration
        self.state = Unread()
        return state.item

    def peek(self, default=MISSING):
        state = self.look()
        if isinstance(state, Shown):
            return state.item
        if default is MISSING:
            raise StopIteration
        return default
