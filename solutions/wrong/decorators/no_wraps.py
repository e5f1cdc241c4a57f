# Mistake: the decorated functions keep the name and docstring of the wrapper, for want of functools.wraps. Caught by: test_metadata
def count_calls(func):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


depth = 0


def trace(func):
    def wrapper(*args, **kwargs):
        global depth
        margin = "  " * depth
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
