# Expected: double times out
# Tries: an exception whose text never comes


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
