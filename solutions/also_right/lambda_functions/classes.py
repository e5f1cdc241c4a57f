# Also right: objects with `__call__` and `__lt__` in place of small functions.
"""Three functions that make objects which can be called or compared."""


class Multiplier:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, number):
        return number * self.factor


class AllOf:
    def __init__(self, predicates):
        self.predicates = predicates

    def __call__(self, *args, **kwargs):
        for predicate in self.predicates:
            if not predicate(*args, **kwargs):
                return False
        return True


class Downwards:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value

    def __lt__(self, other):
        return other.value < self.value


def multipliers(factors):
    return list(map(Multiplier, factors))


def sort_by(records, fields):
    def sort_key(record):
        return [
            Downwards(record[field[1:]]) if field[0] == "-" else record[field] for field in fields
        ]

    return sorted(records, key=sort_key)


def all_of(*predicates):
    return AllOf(predicates)
