# Expected: double gives too much
# Tries: an exception of so many classes that naming them all fills a frame
# Harmless

base = Exception
for number in range(250):
    base = type("E" * 1000, (base,), {})


def double(number):
    raise base


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
