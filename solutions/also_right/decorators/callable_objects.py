# Also right: the decorated function is an object of a class, which binds itself to an instance like a function.
from functools import update_wrapper
from types import MethodType


class Decorated:
    def __init__(self, func):
        update_wrapper(self, func)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return MethodType(self, instance)


class count_calls(Decorated):
    calls = 0

    def __call__(self, /, *args, **kwargs):
        self.calls += 1
        return self.__wrapped__(*args, **kwargs)


class trace(Decorated):
    margin = ""  # one for all traced functions, so it is set on the class

    def __call__(self, /, *args, **kwargs):
        margin = trace.margin
        inside = [*map(repr, args), *("%s=%r" % pair for pair in kwargs.items())]
        print(margin, "> ", self.__name__, "(", ", ".join(inside), ")", sep="")
        trace.margin = margin + "  "
        ending = None
        try:
            result = self.__wrapped__(*args, **kwargs)
            ending = f"< {self.__name__} = {result!r}"
            return result
        except BaseException as error:
            ending = f"! {self.__name__}: {error.__class__.__name__}"
            raise
        finally:
            trace.margin = margin
            print(margin + ending)
