# Mistake: counts are kept in a dict under the function's name, so functions of one name share a count. Caught by: test_calls_are_counted
import functools
import types

counts = {}


class Counted:
    def __init__(self, func):
        functools.update_wrapper(self, func)
        counts[func.__name__] = 0

    @property
    def calls(self):
        return counts[self.__name__]

    def __call__(self, *args, **kwargs):
        counts[self.__name__] += 1
        return self.__wrapped__(*args, **kwargs)

    def __get__(self, instance, owner):
        return self if instance is None else types.MethodType(self, instance)


def count_calls(func):
    return Counted(func)


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
