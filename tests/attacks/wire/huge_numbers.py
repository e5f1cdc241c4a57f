# Expected: it fails
# Tries: numbers with more digits than Python writes out
# Harmless


def double(number):
    return 16**20_000 - 1


def echo(text):
    return {text: [-(10**9000)]}


def total(numbers):
    numbers[:] = [10**4400, float("inf")]
    return 10**4400
