# Mistake: `trace` writes arguments and results with str, so text stands there without quotes. Caught by: test_trace_lines
import functools


def count_calls(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


depth = 0


def trace(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        global depth
        margin = "  " * depth
        shown = [str(value) for value in args]
        shown += [f"{name}={value}" for name, value in kwargs.items()]
        print(f"{margin}> {func.__name__}({', '.join(shown)})")
        depth += 1
        try:
            result = func(*args, **kwargs)
        except BaseException as error:
            print(f"{margin}! {func.__name__}: {type(error).__name__}")
            raise
        finally:
            depth -= 1
        print(f"{margin}< {func.__name__} = {result}")
        return result

    return wrapper
