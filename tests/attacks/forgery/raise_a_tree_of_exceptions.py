# Expected: double raises
# Tries: a group of exceptions, each the cause of the one before
# Harmless


def double(number):
    causes = [ValueError(number) for _ in range(200)]
    for error, cause in zip(causes, causes[1:]):
        error.__cause__ = cause
    causes[-1].__context__ = causes[0]
    raise BaseExceptionGroup("many", [KeyboardInterrupt(), SystemExit(0), causes[0]])


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
