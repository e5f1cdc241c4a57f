# Mistake: `lazy_map` takes the items of the next value before it gives one. Caught by: test_lazy_map_takes_only_what_is_needed
"""Three tools for many values: do something with each, keep some, combine all."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

MISSING: Any = object()  # stands for an argument that was not given


def lazy_map(func: Callable[..., Any], *iterables: Iterable[Any]) -> Iterator[Any]:
    """Return an iterator over what `func` returns for the items of the iterables."""
    rows = zip(*iterables)
    upcoming = next(rows, None)
    while upcoming is not None:
        items, upcoming = upcoming, next(rows, None)
        yield func(*items)


def lazy_filter(predicate: Callable[[Any], Any] | None, iterable: Iterable[Any]) -> Iterator[Any]:
    """Return an iterator over the items for which the predicate is true."""
    for item in iterable:
        if item if predicate is None else predicate(item):
            yield item


def fold(func: Callable[[Any, Any], Any], iterable: Iterable[Any], initial: Any = MISSING) -> Any:
    """Return all items combined by `func`, from left to right."""
    items = iter(iterable)
    result = next(items, MISSING) if initial is MISSING else initial
    if result is MISSING:
        raise TypeError("fold needs an item or an initial value")
    for item in items:
        result = func(result, item)
    return result
