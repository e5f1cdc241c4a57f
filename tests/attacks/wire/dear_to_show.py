# Expected: it fails
# Tries: wrong answers that take long to be written out for the report
# Harmless


def double(number):
    return "<function " * 6_000


def echo(text):
    return "\U000e0001\x1b\u202e" * 1_500


def total(numbers):
    return 7**60_000, [10**4299] * 10, " object at 0x" * 100
