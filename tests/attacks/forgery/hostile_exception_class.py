# Expected: double crashes
# Tries: an exception whose class breaks whoever asks it for its name
# Harmless


class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)


class Trap(Exception, metaclass=Meta):
    pass


def double(number):
    raise Trap


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
