# Expected: double fails
# Tries: one wrong answer, and right ones when the failure is looked into
# Harmless

calls = 0


def double(number):
    global calls
    calls += 1
    return 2 * number + (calls == 3)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
