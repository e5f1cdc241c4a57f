# Expected: double fails
# Tries: an object that is shown, formatted, written and pickled as the right answer
# Harmless


class Lookalike:
    def __init__(self, answer):
        self.answer = answer

    def __repr__(self):
        return repr(self.answer)

    def __format__(self, specification):
        return format(self.answer, specification)

    def __reduce__(self):
        return type(self.answer), (self.answer,)

    def to_json(self):
        return self.answer

    __str__ = __repr__
    __json__ = for_json = tolist = to_json


def double(number):
    return Lookalike(2 * number)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
