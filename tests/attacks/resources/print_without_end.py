# Expected: double gives too much
# Tries: prints without end


def double(number):
    while True:
        print("x" * 1000)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
