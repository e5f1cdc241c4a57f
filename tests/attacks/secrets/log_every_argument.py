# Expected: it passes
# Tries: prints each argument and writes it down, for whoever is shown the output
# Harmless

import sys


def double(number):
    print("hidden-input-of-double", number)
    print("hidden-input-of-double", number, file=sys.stderr)
    with open("inputs.txt", "a") as file:
        file.write(f"{number}\n")
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
