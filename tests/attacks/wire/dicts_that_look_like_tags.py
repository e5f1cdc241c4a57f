# Expected: it fails
# Tries: dicts that read like the tags by which the wire writes the right answer
# Harmless


def double(number):
    return {"i": format(2 * number, "x")}


def echo(text):
    return {"o": ["str", text]}


def total(numbers):
    numbers[:] = [{"t": [sum(numbers), numbers[:]]}]
    return {"d": [[sum(range(0)), {"f": "nan"}]]}
