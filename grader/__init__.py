"""A grader for Python exercises in which tests and submission never share a process."""

from importlib.metadata import version

__version__ = version("grader")
