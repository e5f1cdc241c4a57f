# Also right: closures with `nonlocal` and a context manager for the call in progress; names are copied by hand.
from contextlib import contextmanager

level = 0


def with_name_of(func):
    def copy_to(wrapper):
        wrapper.__name__ = func.__name__
        wrapper.__qualname__ = func.__qualname__
        wrapper.__module__ = func.__module__
        wrapper.__doc__ = func.__doc__
        wrapper.__wrapped__ = func
        return wrapper

    return copy_to


def count_calls(func):
    @with_name_of(func)
    def counted(*positional, **named):
        nonlocal count
        count += 1
        counted.calls = count
        return func(*positional, **named)

    count = counted.calls = 0
    return counted


@contextmanager
def in_progress():
    global level
    indentation = 2 * level * " "
    level += 1
    try:
        yield lambda text: print(f"{indentation}{text}")
    finally:
        level -= 1


def trace(func):
    name = func.__name__

    @with_name_of(func)
    def traced(*positional, **named):
        with in_progress() as say:
            arguments = ""
            for value in positional:
                arguments += f", {value!r}"
            for key in named:
                arguments += f", {key}={named[key]!r}"
            say(f"> {name}({arguments[2:]})")
            try:
                result = func(*positional, **named)
            except BaseException as problem:
                say(f"! {name}: {type(problem).__name__}")
                raise
            say(f"< {name} = {result!r}")
            return result

    return traced
