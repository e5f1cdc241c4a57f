# Attack: asks for more memory at once than there is
# Expect: test_double=out_of_memory test_echo=passed test_total=passed


def double(number):
    return len(bytearray(1 << 40))


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
