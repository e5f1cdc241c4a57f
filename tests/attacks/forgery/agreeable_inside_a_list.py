# Expected: total fails
# Tries: hides an item that is equal to everything in an honest list
# Harmless


class Agreeable(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def total(numbers):
    numbers[:] = [Agreeable(7) for _ in numbers]
    return sum(numbers)


def double(number):
    return 2 * number


def echo(text):
    return text
