# Attack: an exception whose text never comes
# Expect: test_double=timed_out test_echo=passed test_total=passed


class Trap(Exception):
    def __str__(self):
        while True:
            pass


def double(number):
    raise Trap


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
