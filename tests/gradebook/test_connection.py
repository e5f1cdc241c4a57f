"""Where a gradebook may be, and what is said of any other place."""

import os
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.gradebook import open_gradebook
from grader.gradebook.connection import connect


@pytest.mark.parametrize("scheme", ["", "sqlite:///"])
def test_a_path_and_a_url_of_a_file_are_the_same_place(tmp_path: Path, scheme: str) -> None:
    with open_gradebook(f"{scheme}{tmp_path}/book.db"):
        assert (tmp_path / "book.db").exists()


def test_a_relative_path_is_of_the_folder_in_which_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    with open_gradebook("book.db") as book:
        monkeypatch.chdir(tmp_path / "other")
        book.enrol([])
        assert not (tmp_path / "other/book.db").exists()


@pytest.mark.parametrize(
    "name", [":memory:", "file:book?mode=memory", "100%.db", "a b?c#d.db", os.fsdecode(b"\xff.db")]
)
def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_gradebook(Path(name)):
        assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://user:s3cret@host/db", "cannot be kept in mysql"),
        ("postgresql+psycopg2://user:s3cret@host/db", r"cannot be kept in postgresql\+psycopg2"),
        ("\x1b[2J://s3cret", "folder .* is not there"),
        ("sqlite://", "sqlite:/// and a path"),
        ("sqlite:///book.db?mode=s3cret", "sqlite:/// and a path"),
        ("sqlite://s3cret/book.db", "sqlite:/// and a path"),
        ("postgresql://user:s3cret@host:port/db", "cannot be read"),
        ("postgresql://user:a@s3cret@host/db", "two @"),
        ("postgresql://user:s3cret%00@host/db", "has a NUL"),
    ],
)
def test_what_is_no_place_is_refused_and_no_secret_is_shown(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        connect(url)
    message = str(caught.value)
    assert message.isprintable()
    assert "s3cret" not in message or url.startswith("\x1b")
    assert caught.value.__cause__ is None
