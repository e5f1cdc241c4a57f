'''# Write two decorators

Level: Intermediate

A decorator takes a function and gives back another one that is used in its place. You
write two: `count_calls` counts how often a function is called, and `trace` prints what
goes into a function and what comes out of it.

## What both leave as it was

Whoever calls the decorated function must not notice the decorator:

* Every argument reaches the function as it was passed: positional, by keyword,
  keyword-only, any number of them, and keywords of any name (`name`, `func` and `args`
  are allowed, too). An argument that is left out keeps its default.
* The function runs once for each call, and its result is returned, whatever it is.
* An exception that the function raises goes on to the caller. It is the very same
  exception object, not a new one. This holds for every exception, including those
  that are no `Exception`, such as `KeyboardInterrupt`.
* `__name__` and `__doc__` are those of the function (a missing docstring stays `None`),
  and `__wrapped__` is the original function itself.
* In a class, a decorated method works as before: `account.deposit(5)` gets `account`
  as its `self`.

The functions to be decorated are made with `def`, in a class or outside.

## `count_calls(func)`

The decorated function has an attribute `calls`: an int, how often it has been called.

* It is 0 after the decoration.
* Every call counts: one that returns, one that raises, one that a function makes to
  itself, and one with arguments that the function does not take (which ends in
  `TypeError`, as it would without the decorator).
* Each decorated function has a count of its own. That is true even if one function is
  decorated twice: after `f = count_calls(work)` and `g = count_calls(work)`, calling
  `f` does not change `g.calls`.
* A decorated method has one count for the class: `Account.deposit.calls` adds up the
  calls through all instances.

For example:

    >>> @count_calls
    ... def half(number):
    ...     """Divide by two."""
    ...     return number / 2
    >>> half.calls
    0
    >>> half(4)
    2.0
    >>> half(number=5)
    2.5
    >>> half("five")
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for /: 'str' and 'int'
    >>> half.calls
    3
    >>> half.__name__, half.__doc__
    ('half', 'Divide by two.')

## `trace(func)`

Each call of the decorated function prints two lines to standard output:

* before the function runs: `> name(args)`
* when it has returned: `< name = result`
* or, when it has raised: `! name: ExceptionClass`

`name` is the function's `__name__`. `args` are the arguments as they would stand in
source code: the positional ones first, then `key=value` for those passed by keyword, in
the order of the call, all joined by `, ` (a comma and a blank), so `> pay()` where
there are none. Defaults that were not passed are not shown. Each argument and the
result are written as `repr` writes them: `'a'`, not `a`. `ExceptionClass` is the bare
name of the exception's class, such as `ValueError`, without a message.

    >>> @trace
    ... def pay(amount, currency="EUR", *, note=None):
    ...     if amount < 0:
    ...         raise ValueError("too little")
    ...     return f"{amount} {currency}"
    >>> paid = pay(1, "GBP", note="tip")
    > pay(1, 'GBP', note='tip')
    < pay = '1 GBP'
    >>> try:
    ...     pay(-1)
    ... except ValueError:
    ...     print("caught")
    > pay(-1)
    ! pay: ValueError
    caught

A line is indented by two spaces for each traced call that is in progress around it. It
does not matter which functions these are: all traced functions count together, and
functions that are not traced do not count. The two lines of one call have the same
indentation.

    >>> @trace
    ... def is_even(number):
    ...     return number == 0 or is_odd(number - 1)
    >>> @trace
    ... def is_odd(number):
    ...     return number != 0 and is_even(number - 1)
    >>> answer = is_even(2)
    > is_even(2)
      > is_odd(1)
        > is_even(0)
        < is_even = True
      < is_odd = True
    < is_even = True

A call that has raised is no longer in progress. After an exception has been caught, the
next line is indented only for the calls that are still in progress then, and starts at
the margin where there are none.
'''

from collections.abc import Callable
from typing import Any


def count_calls(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does what `func` does and counts its calls in `calls`."""
    raise NotImplementedError


def trace(func: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does what `func` does and prints each call and its end."""
    raise NotImplementedError
