"""Keeps what a check has found out, under a hash of everything that it depends on."""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

from grader.cache import key_of, tool_sha256
from grader.files import replace_file

__all__ = ["Cache", "key_of", "tool_sha256"]

KEPT_DAYS = 30
_DAY_SECONDS = 24 * 60 * 60


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

    def prune(self) -> None:
        """Remove what has not been asked for in KEPT_DAYS."""
        oldest = time.time() - KEPT_DAYS * _DAY_SECONDS
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]
