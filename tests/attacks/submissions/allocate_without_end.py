# Attack: takes memory until there is none
# Expect: test_double=out_of_memory test_echo=passed test_total=passed


def double(number):
    hoard = []
    while True:
        hoard.append(bytearray(1024 * 1024))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
