"""The cache: what was put is got, what is broken or old is not there, and nothing ever fails."""

import json
import os
import time
from pathlib import Path

import pytest

from grader.cache import CHECKS, KEPT_DAYS, RECORDINGS, Cache, cache_folder, key_of, prune
from grader.judge.recording import read_recording

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


def test_pruning_removes_what_nobody_has_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = Cache(cache_folder() / CHECKS)
    asked, unasked, new = (key_of(number=number) for number in range(3))
    recordings = [cache_folder() / RECORDINGS / name for name in ("asked", "unasked")]
    for key in (asked, unasked):
        cache.put(key, key)
    for file in recordings:
        file.parent.mkdir(exist_ok=True)
        file.write_text("{}")
    long_ago = time.time() - (KEPT_DAYS + 1) * DAY_SECONDS
    for file in cache_folder().rglob("*"):
        os.utime(file, (long_ago, long_ago))
    cache.put(new, new)
    assert cache.get(asked) == asked
    read_recording(recordings[0])
    prune()
    assert [cache.get(key) for key in (asked, unasked, new)] == [asked, None, new]
    assert [file.exists() for file in recordings] == [True, False]


def test_pruning_what_is_not_there_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    prune()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "grade"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "grade"
