"""Submissions that are put aside come back as they were."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.intake.shelf import Shelf
from grader.submission import Submission

submissions = st.builds(
    Submission,
    st.text(),
    st.dictionaries(st.text(), st.binary(), max_size=3),
    st.text(),
    st.text(),
)


@given(st.lists(submissions, max_size=5))
def test_each_comes_back_as_it_was_and_as_often_as_it_is_asked_for(
    put_aside: list[Submission],
) -> None:
    shelf = Shelf()
    readers = [shelf.put(one) for one in put_aside]
    for _ in range(2):
        found = [read() for read in readers]
        assert found == put_aside
        assert [one.complaint for one in found] == [one.complaint for one in put_aside]


def test_it_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf = Shelf()
    read = shelf.put(Submission("a.py", {"a.py": b"x" * 1000}, "a.py"))
    del shelf
    assert read().files == {"a.py": b"x" * 1000}
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_room_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "r+b") as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda prefix: full)
        shelf = Shelf()
        with pytest.raises(GraderError, match="No space left on device; make room there"):
            shelf.put(Submission("a.py", {"a.py": b"x"}, "a.py"))
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()
