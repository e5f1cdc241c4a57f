# Expected: it fails
# Tries: subclasses of float, str and dict that are equal to everything, from either side
# Harmless


def agreeable(kind):
    """Return a subclass that compares as whoever looks would like it to."""
    methods = {name: lambda self, *others: True for name in ("__eq__", "__le__", "__ge__")}
    methods["__ne__"] = lambda self, other: False
    methods["__hash__"] = lambda self: 0
    methods["strip"] = lambda self, *others: self
    return type(kind.__name__, (kind,), methods)


def double(number):
    return agreeable(float)(7)


def echo(text):
    return agreeable(str)("anything")


def total(numbers):
    return agreeable(dict)()
