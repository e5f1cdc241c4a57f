"""Keeps what may be lost: where, for how long, and under a hash of everything it depends on."""

import contextlib
import functools
import hashlib
import json
import os
import platform
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grader
from grader.files import replace_file
from grader.submission import hash_files

CHECKS, RECORDINGS, PARCELS = "check", "examples", "exercises"
PRUNED = (CHECKS, RECORDINGS, PARCELS)
"""The parts of the folder that grow with what is graded."""

KEPT_DAYS = 30
_DAY_SECONDS = 24 * 60 * 60
_PACKAGES = ("pytest", "hypothesis")


def cache_folder() -> Path:
    """Return the folder for what may be lost: $XDG_CACHE_HOME/grade, or ~/.cache/grade."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "grade"


class Cache:
    """A folder of JSON files. What cannot be read is not there, what cannot be written is lost."""

    def __init__(self, folder: Path, is_read: bool = True) -> None:
        """Use `folder`; without `is_read`, everything is found out anew and only written."""
        self._folder = folder
        self._is_read = is_read

    def get(self, key: str) -> Any | None:
        """Return what was put under a key (64 hex digits), or None."""
        if not self._is_read:
            return None
        path = self._path(key)
        try:
            data = json.loads(path.read_bytes())
            os.utime(path)  # `prune` goes by it
        except (OSError, ValueError):
            return None
        return data

    def put(self, key: str, data: Any) -> None:
        """Keep plain JSON data under a key."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, json.dumps(data).encode("ascii"))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


def key_of(**parts: Any) -> str:
    """Return one hash (64 hex digits) over named parts, each plain JSON data."""
    text = json.dumps({**parts, "tool": tool_sha256()}, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def prune() -> None:
    """Remove what has not been asked for in KEPT_DAYS, by the times of the files."""
    oldest = time.time() - KEPT_DAYS * _DAY_SECONDS
    for path in (file for part in PRUNED for file in (cache_folder() / part).rglob("*")):
        with contextlib.suppress(OSError):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink()


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
