"""A grader for Python exercises in which tests and submission never share a process."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str


def __getattr__(name: str) -> str:
    """Return the version when it is asked for: looking it up takes longer than `grade --help`."""
    if name == "__version__":
        from importlib.metadata import version

        return version("grader")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
