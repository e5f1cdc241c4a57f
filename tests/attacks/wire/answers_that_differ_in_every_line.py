# Expected: it fails
# Tries: long answers that a comparison by lines takes minutes over
# Harmless


def double(number):
    return [[line, str(line) * 10] for line in range(1000)]


def echo(text):
    return "\n".join(f"{line} {line * 7919 % 1009:x}" for line in range(4000))


def total(numbers):
    numbers[:] = range(5000)
    return "\r\n" * 20_000
