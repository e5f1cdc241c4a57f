# Mistake: `count_calls` is a class whose instances are not bound as methods, so self gets lost. Caught by: test_methods
import functools


class count_calls:
    def __init__(self, func):
        functools.update_wrapper(self, func)
        self.func = func
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.func(*args, **kwargs)


depth = 0


def trace(func):
    @functools.wraps(func)
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
