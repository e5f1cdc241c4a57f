# Expected: double raises
# Tries: raises the exceptions that end a test run


def double(number):
    if number % 3 == 0:
        raise KeyboardInterrupt
    if number % 3 == 1:
        raise SystemExit(0)
    raise GeneratorExit


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
