# Expected: double times out
# Tries: an object whose repr never comes to an end


class Trap:
    def __repr__(self):
        while True:
            pass


def double(number):
    return Trap()


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
