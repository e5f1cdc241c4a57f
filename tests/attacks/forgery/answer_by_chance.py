# Expected: double fails
# Tries: a different answer each time, so that no failure can be repeated
# Harmless

calls = 0


def double(number):
    global calls
    calls += 1
    return 2 * number if calls % 4 else 0


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
