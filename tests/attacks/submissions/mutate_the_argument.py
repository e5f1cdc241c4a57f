# Attack: empties its argument, so that whatever is checked of it holds
# Expect: test_double=passed test_echo=passed test_total=failed


def double(number):
    return 2 * number


def echo(text):
    return text


def total(numbers):
    result = sum(numbers)
    numbers.clear()
    return result
