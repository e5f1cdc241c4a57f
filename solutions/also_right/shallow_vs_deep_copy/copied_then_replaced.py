# Also right: each container is copied with its own method, and then its items are replaced by copies.
class Cloner:
    def __init__(self):
        self.copies = {}

    def clone(self, value, depth):
        if depth == 0 or not isinstance(value, (list, dict, tuple)):
            return value
        if id(value) in self.copies:
            return self.copies[id(value)]
        below = None if depth is None else depth - 1
        if isinstance(value, tuple):
            copy = self.tuple_of(value, below)
        else:
            copy = value.copy()
            self.copies[id(value)] = copy
            places = range(len(copy)) if isinstance(copy, list) else list(copy)
            for place in places:
                copy[place] = self.clone(copy[place], below)
        # One tuple that is met in several places has one copy, as long as no loop leads back to it.
        self.copies[id(value)] = copy
        return copy

    def tuple_of(self, value, depth):
        return tuple([self.clone(item, depth) for item in value])


def clone(value, depth=None):
    return Cloner().clone(value, depth)
