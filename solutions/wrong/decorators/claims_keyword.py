# Mistake: a helper of `trace` has a parameter `name` of its own, so a keyword argument `name` cannot be passed. Caught by: test_trace_passes_through
import functools


def count_calls(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


depth = 0


def as_called(name, *args, **kwargs):
    shown = [repr(value) for value in args]
    shown += [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(shown)})"


def trace(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        global depth
        margin = "  " * depth
        print(f"{margin}> {as_called(func.__name__, *args, **kwargs)}")
        depth += 1
        try:
            result = func(*args, **kwargs)
        except BaseException as error:
            print(f"{margin}! {func.__name__}: {type(error).__name__}")
            raise
        finally:
            depth -= 1
        print(f"{margin}< {func.__name__} = {result!r}")
        return result

    return wrapper
