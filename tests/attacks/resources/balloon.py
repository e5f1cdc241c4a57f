# Expected: double is out of memory
# Tries: asks for more memory at once than there is


def double(number):
    return len(bytearray(1 << 40))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
