# Expected: it fails
# Tries: wrong answers as large, as deep and as wide as they may be
# Harmless


def double(number):
    return [0] * 30_000


def echo(text):
    value = [text] * 300
    for _ in range(95):
        value = [value]
    return [value] * 20


def total(numbers):
    numbers[:] = [{number: (number,) for number in range(3000)}]
    return b"\0" * 8_000
