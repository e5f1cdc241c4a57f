# Expected: it raises; echo gives too much
# Tries: exceptions with lone surrogates, NUL bytes, and no end, in text and name
# Harmless


def double(number):
    raise type("\udfff" * 3, (Exception,), {})("\ud800\0\uffff")


def echo(text):
    raise type("E" * 60_000, (Exception,), {"__module__": "m" * 60_000})("x" * 1_000_000)


def total(numbers):
    base = Exception
    for number in range(200):
        base = type(f"Base{number}", (base,), {})
    raise base(base)
