"""Small banks to read, and a function that writes them into a folder."""

from collections.abc import Callable
from pathlib import Path

from grader.errors import Problem

TWO_SECTIONS = """
[[section]]
id = "L2"
title = "Intermediate"

[[section.exercise]]
id = "decorators"
title = "Write two decorators"

[[section.exercise]]
id = "iterators"
title = "Iterable or iterator"
limits = { test_seconds = 5, memory_bytes = "512MiB" }

[[section]]
id = "L3"
title = "Advanced"

[[section.exercise]]
id = "blog"
title = "A blog"
image = "web"
files = ["app.py", "views/posts.py"]
preload = ["flask", "sqlalchemy.orm"]
"""

FILES = (
    *("exercises/decorators.py", "hidden/test_decorators.py", "solutions/decorators.py"),
    *("exercises/iterators.py", "hidden/test_iterators.py", "solutions/iterators.py"),
    *("exercises/blog/app.py", "exercises/blog/views/posts.py", "hidden/test_blog.py"),
    *("solutions/blog/app.py", "solutions/blog/views/posts.py"),
)

Report = Callable[..., tuple[Problem, ...]]
"""Takes a catalogue, and files other than FILES; returns the problems of that bank."""


def write_bank(root: Path, catalog: str | bytes, files: tuple[str, ...] = FILES) -> Path:
    """Write a bank with that catalogue and those files, all of them empty, and return its root."""
    for name in ("exercises/catalog.toml", *files):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    content = catalog if isinstance(catalog, bytes) else catalog.encode()
    (root / "exercises/catalog.toml").write_bytes(content)
    return root


def with_exercise(lines: str) -> str:
    """Return a catalogue whose one exercise, `decorators`, has these lines as well."""
    return f"""
        [[section]]
        id = "L2"
        title = "Intermediate"
        [[section.exercise]]
        id = "decorators"
        title = "Write two decorators"
        {lines}
    """
