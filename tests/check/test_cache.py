"""The cache: what was put is got, what is broken or old is not there, and nothing ever fails."""

import json
import os
import time
from pathlib import Path

import pytest

from grader.check.cache import KEPT_DAYS, Cache, key_of

KEY = key_of(name="one")
DAY_SECONDS = 24 * 60 * 60


def file_of(folder: Path) -> Path:
    """Return the one file that a cache has written."""
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    return file


def test_what_was_put_is_got(tmp_path: Path) -> None:
    data = {"list": [1, 2.5, None, True], "text": "é\ud800"}
    Cache(tmp_path / "new").put(KEY, data)
    assert Cache(tmp_path / "new").get(KEY) == data


def test_under_another_key_there_is_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, 1)
    assert cache.get(key_of(name="two")) is None


def test_what_is_put_later_counts(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, 1)
    cache.put(KEY, 2)
    assert cache.get(KEY) == 2
    assert json.loads(file_of(tmp_path).read_text()) == 2


def test_a_cache_that_is_not_read_is_written(tmp_path: Path) -> None:
    unread = Cache(tmp_path, is_read=False)
    unread.put(KEY, 1)
    assert unread.get(KEY) is None
    assert Cache(tmp_path).get(KEY) == 1


@pytest.mark.parametrize("content", [b"", b'{"half":', b"\xff"])
def test_a_file_that_is_broken_is_not_there(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, 1)
    file_of(tmp_path).write_bytes(content)
    assert cache.get(KEY) is None


def test_what_cannot_be_written_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    cache.put(KEY, 1)
    assert cache.get(KEY) is None


def test_pruning_removes_what_nobody_has_asked_for(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    asked, unasked, new = (key_of(number=number) for number in range(3))
    long_ago = time.time() - (KEPT_DAYS + 1) * DAY_SECONDS
    for key in (asked, unasked):
        cache.put(key, key)
        os.utime(tmp_path / key[:2] / key[2:], (long_ago, long_ago))
    cache.put(new, new)
    assert cache.get(asked) == asked
    cache.prune()
    assert [cache.get(key) for key in (asked, unasked, new)] == [asked, None, new]


def test_pruning_a_cache_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    Cache(tmp_path / "none").prune()
    assert list(tmp_path.iterdir()) == []
