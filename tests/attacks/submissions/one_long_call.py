# Attack: one call in C that no signal interrupts
# Expect: test_double=timed_out test_echo=passed test_total=passed


def double(number):
    return 9**9**8


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
