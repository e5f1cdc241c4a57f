# Expected: it gives a bad reply
# Tries: sets and dicts whose keys all collide, so that reading them takes squared time
# Harmless

# Numbers are hashed modulo this one, on 64 bits.
STEP = 2**61 - 1


def double(number):
    return {factor * STEP for factor in range(1, 2000)}


def echo(text):
    return {factor * STEP: 0 for factor in range(1, 1500)}


def total(numbers):
    numbers.append(frozenset(2.0 ** (61 * power) for power in range(-15, 16)))
    return frozenset((factor * STEP,) for factor in range(1, 1500))
