# Expected: double fails
# Tries: an object that is equal to everything


class Anything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None


def double(number):
    return Anything()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
