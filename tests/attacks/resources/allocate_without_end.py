# Expected: double is out of memory
# Tries: takes memory until there is none


def double(number):
    hoard = []
    while True:
        hoard.append(bytearray(1024 * 1024))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
