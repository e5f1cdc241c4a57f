# Expected: double raises
# Tries: ends the whole run of pytest with status 0, by import or by name
# Harmless


class Exit(Exception):
    """What pytest.exit raises, by its name, module and attributes."""

    returncode = 0


Exit.__module__ = "_pytest.outcomes"


def double(number):
    try:
        from pytest import exit as end
    except ImportError:
        raise Exit("all tests passed") from None
    end("all tests passed", returncode=0)


def echo(text):
    return text


def total(numbers):
    return sum(numbers)
