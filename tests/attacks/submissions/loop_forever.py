# Attack: a function that never comes to an end
# Expect: test_double=timed_out test_echo=passed test_total=passed


def double(number):
    while True:
        pass


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
