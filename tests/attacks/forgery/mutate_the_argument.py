# Expected: total fails
# Tries: empties its argument, so that whatever is checked of it holds


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    result = sum(numbers)
    numbers.clear()
    return result
