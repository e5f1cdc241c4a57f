# Attack: a subclass of int that is equal to everything
# Expect: test_double=failed test_echo=passed test_total=passed


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
