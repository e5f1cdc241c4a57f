"""The results of a class, kept in a database: each is durable the moment it is stored.

The gradebook itself is loaded when it is asked for: SQLAlchemy takes a quarter of a second, in
which the judges of a batch can get ready.
"""

from typing import TYPE_CHECKING, Any

from grader.gradebook.filed import Filed, Key

if TYPE_CHECKING:
    from grader.gradebook.book import Gradebook, open_gradebook

__all__ = ["Filed", "Gradebook", "Key", "open_gradebook"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from grader.gradebook import book

    return getattr(book, name)
