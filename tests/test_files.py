"""Replacing a file: whole or not at all, with the mode and the link that were there."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.files import replace_file


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    replace_file(tmp_path / "new", b"text")
    assert (tmp_path / "new").read_bytes() == b"text"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_the_mode_of_the_old_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "old"
    file.write_bytes(b"before")
    file.chmod(0o604)
    replace_file(file, b"after")
    assert file.read_bytes() == b"after"
    assert stat.S_IMODE(file.stat().st_mode) == 0o604


def test_a_link_stays_and_leads_to_the_new_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("target")
    replace_file(link, b"text")
    assert link.is_symlink()
    assert (tmp_path / "target").read_bytes() == b"text"


def test_who_has_the_old_file_open_goes_on_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "old"
    file.write_bytes(b"before")
    with file.open("rb") as reader:
        replace_file(file, b"after")
        assert reader.read() == b"before"


def test_a_failure_leaves_the_old_file_and_nothing_besides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "old"
    file.write_text("before")
    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(file, b"after")
    assert file.read_text() == "before"
    assert os.listdir(tmp_path) == ["old"]
