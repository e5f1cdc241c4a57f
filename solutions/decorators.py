"""Two decorators that leave a function as it was: one counts its calls, one prints them."""

import functools
from collections.abc import Callable
from typing import Any

# The names of the traced calls that have begun and not ended. All traced functions share it.
_in_progress: list[str] = []


def count_calls(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does what `func` does and counts its calls in `calls`."""

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        wrapper.calls += 1  # before the call, so that one that raises counts as well
        return func(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def trace(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does what `func` does and prints each call and its end."""
    name = func.__name__

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        margin = "  " * len(_in_progress)
        print(f"{margin}> {name}({_as_source(args, kwargs)})")
        _in_progress.append(name)
        try:
            result = func(*args, **kwargs)
        except BaseException as error:  # KeyboardInterrupt ends a call, too
            print(f"{margin}! {name}: {type(error).__name__}")
            raise
        finally:
            _in_progress.pop()
        print(f"{margin}< {name} = {result!r}")
        return result

    return wrapper


def _as_source(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Write arguments as they would stand in a call."""
    positional = [repr(value) for value in args]
    named = [f"{name}={value!r}" for name, value in kwargs.items()]
    return ", ".join(positional + named)
