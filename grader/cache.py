"""Where things are kept that may be lost, and the hash that says what they depend on."""

import functools
import hashlib
import json
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grader
from grader.submission import hash_files

_PACKAGES = ("pytest", "hypothesis")


def cache_folder() -> Path:
    """Return the folder for what may be lost: $XDG_CACHE_HOME/grade, or ~/.cache/grade."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "grade"


def key_of(**parts: Any) -> str:
    """Return one hash (64 hex digits) over named parts, each plain JSON data."""
    text = json.dumps({**parts, "tool": tool_sha256()}, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@functools.cache
def tool_sha256() -> str:
    """Return the hash of the grader's own code and of what it judges with.

    Its version alone would not do: whoever works on the judge would be shown what it said before.
    """
    root = Path(grader.__file__).parent
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    versions = [platform.python_version(), *map(version, _PACKAGES)]
    return hash_files({**files, "versions": " ".join(versions).encode()})
