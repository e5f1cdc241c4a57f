# Attack: an object that is equal to everything
# Expect: test_double=failed test_echo=passed test_total=passed


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
