# Expected: double times out
# Tries: a function that never comes to an end


def double(number):
    while True:
        pass


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
