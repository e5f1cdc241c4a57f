# Expected: it fails
# Tries: nan, infinity, minus zero and complex numbers, as values and as keys
# Harmless

NAN = float("nan")


def double(number):
    return NAN if number % 2 else complex(2 * number, NAN)


def echo(text):
    return {NAN: text, float("nan"): text, -0.0: text, 0: text}


def total(numbers):
    numbers[:] = [NAN]
    return {float("inf"), -float("inf"), NAN}
