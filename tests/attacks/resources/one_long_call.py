# Expected: double times out
# Tries: one call in C that no signal interrupts


def double(number):
    return 9**9**8


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
