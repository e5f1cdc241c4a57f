# Expected: double fails
# Tries: a subclass of int that is equal to everything


class Agreeable(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


def double(number):
    return Agreeable(7)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
