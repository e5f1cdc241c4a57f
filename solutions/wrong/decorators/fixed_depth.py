# Mistake: `trace` indents by the depth that was reached when the function was decorated, which is always 0. Caught by: test_trace_indents_nested_calls
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
    margin = "  " * depth

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        global depth
        shown = [repr(value) for value in args]
        shown += [f"{name}={value!r}" for name, value in kwargs.items()]
        print(f"{margin}> {func.__name__}({', '.join(shown)})")
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
