"""Keeps what a check has found out, under a hash of everything that it depends on."""

import contextlib
import functools
import hashlib
import json
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import grader
from grader.submission import hash_files

KEPT_DAYS = 30
_DAY_SECONDS = 24 * 60 * 60
_PACKAGES = ("pytest", "hypothesis")


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
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(json.dumps(data).encode("ascii"))
            os.replace(file.name, path)

    def prune(self) -> None:
        """Remove what has not been asked for in KEPT_DAYS."""
        oldest = time.time() - KEPT_DAYS * _DAY_SECONDS
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]


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
