# Expected: double raises
# Tries: raises what makes pytest skip a test, by import or by name


class Skipped(BaseException):
    pass


def double(number):
    try:
        import pytest

        pytest.skip("nothing to see")
    except ImportError:
        raise Skipped("nothing to see") from None


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
