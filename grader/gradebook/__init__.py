"""The results of a class, kept in a database: each is durable the moment it is stored."""

from grader.gradebook.book import Gradebook, open_gradebook
from grader.gradebook.filed import Filed, Key

__all__ = ["Filed", "Gradebook", "Key", "open_gradebook"]
