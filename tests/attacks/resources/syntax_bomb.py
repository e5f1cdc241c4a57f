# Expected: it does not load
# Tries: nested so deeply that reading it takes the compiler down
# Harmless

exec("x = " + "-" * 1_000_000 + "1")


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
