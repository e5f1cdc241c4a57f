# Expected: it does not load
# Tries: declares coding: utf-7 , in which a comment turns out to be code

# Harmless to the eye: +AAo-def double(number): return 2 * number


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
