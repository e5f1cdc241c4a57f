# Attack: forks while it is imported; the parent ends, the child carries on
# Expect: test_double=does_not_load test_echo=does_not_load test_total=does_not_load

import os

if os.fork():
    os._exit(0)


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
