"""Submissions: read once and within bounds, hashed as a whole, refused in a sentence."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.bank import Exercise
from grader.errors import UsageError
from grader.submission import (
    MAX_FILE_BYTES,
    Submission,
    complaint_about,
    hash_files,
    hash_path,
    read_regular_file,
    read_submission,
    submission_of,
)


def exercise_of(*files: str) -> Exercise:
    """Return the exercise `small` with these files in a submission."""
    nowhere = Path("nowhere")
    return Exercise("small", "Small", "L1", files, nowhere, nowhere, nowhere, nowhere)


ONE_FILE = exercise_of("small.py")
FOLDER = exercise_of("app.py", "views/posts.py", "page.html")


def folder_in(root: Path, files: dict[str, bytes]) -> Path:
    """Write files into a folder and return it."""
    for name, content in files.items():
        path = root / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root / "mine"


# Reading.


def test_a_file_is_read_under_the_exercises_name_whatever_the_student_calls_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "my solution (2).py"
    file.write_bytes(b"x = 1\r\n")
    submission = read_submission(file, ONE_FILE)
    assert submission == Submission(str(file), {"small.py": b"x = 1\r\n"}, "small.py")
    assert submission.complaint == ""


def test_of_a_folder_the_exercises_files_are_read_and_no_others(tmp_path: Path) -> None:
    files = {"app.py": b"x = 1\n", "views/posts.py": b"", "page.html": b"\xff"}
    folder = folder_in(tmp_path, {**files, "notes.txt": b"no", "__pycache__/app.pyc": b"no"})
    submission = read_submission(folder, FOLDER)
    assert submission.files == files
    assert (submission.main, submission.complaint) == ("app.py", "")


def test_a_folder_may_lack_a_file_but_not_the_one_that_is_imported(tmp_path: Path) -> None:
    folder = folder_in(tmp_path, {"app.py": b""})
    assert read_submission(folder, FOLDER).complaint == ""
    (folder / "app.py").unlink()
    assert read_submission(folder, FOLDER).complaint == "Your folder has no file app.py."


def test_every_python_file_of_a_folder_is_looked_at(tmp_path: Path) -> None:
    folder = folder_in(tmp_path, {"app.py": b"", "views/posts.py": b"\0"})
    assert "NUL byte in line 1" in read_submission(folder, FOLDER).complaint


def test_files_that_were_read_elsewhere_make_the_same_submission(tmp_path: Path) -> None:
    files = {"app.py": b"x = 1\n", "views/posts.py": b"\0"}
    folder = folder_in(tmp_path, files)
    submission = submission_of(files, FOLDER, str(folder))
    assert submission == read_submission(folder, FOLDER)
    assert submission.complaint == "Your file has a NUL byte in line 1; is it a text file?"
    assert submission_of({}, FOLDER, "").complaint == "Your folder has no file app.py."


@pytest.mark.parametrize(
    ("name", "exercise", "sentence"),
    [
        ("gone.py", FOLDER, "is not there, but a submission for small is a folder with app.py, "),
        ("file.py", FOLDER, "is there, but a submission for small is a folder with app.py, "),
        ("folder", ONE_FILE, "is there, but a submission for small is one file"),
        ("gone.py", ONE_FILE, "cannot be read: No such file or directory"),
        ("file.py/more.py", ONE_FILE, "cannot be read: Not a directory"),
        ("fifo", ONE_FILE, "is no regular file; name the file to grade"),
        ("socket", ONE_FILE, "cannot be read: No such device or address"),
    ],
)
def test_a_path_that_cannot_be_a_submission_is_an_error_of_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    exercise: Exercise,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file.py").touch()
    Path("folder").mkdir()
    os.mkfifo("fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    with pytest.raises(UsageError) as caught:
        read_submission(Path(name), exercise)
    assert str(caught.value).startswith(f"{name} {sentence}")


def test_a_device_is_refused_before_it_is_read() -> None:
    with pytest.raises(UsageError, match="/dev/zero is no regular file"):
        read_regular_file(Path("/dev/zero"))


def test_of_a_large_file_no_more_is_read_than_shows_that_it_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "large.py"
    with file.open("wb") as stream:
        stream.truncate(100 * MAX_FILE_BYTES)
    assert len(read_regular_file(file)) == MAX_FILE_BYTES + 1
    complaint = read_submission(file, ONE_FILE).complaint
    assert complaint == "Your file has more than 1 MiB, which is the most that is accepted."


# What is no Python text.


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x = 1",
        "x = 'é 漢 \U0001f40d'\n".encode(),
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: utf-8 -*-\n",
        b"# -*- coding: UTF-8 -*-\n",
        b"# coding: utf8\n",
        b"# vim: set fileencoding=utf8 :\n",
        b"#!/usr/bin/env python3\n# coding: utf-8\n",
        b"\xef\xbb\xbf# coding: utf-8\n",
        b"def broken(:\n",
        b"x" * MAX_FILE_BYTES,
    ],
    ids=lambda content: repr(content[:30]),
)
def test_text_in_utf_8_is_accepted_whether_it_is_right_or_wrong(content: bytes) -> None:
    assert complaint_about("small.py", content) == ""


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"x = '\xe9'\n", "Your file is not UTF-8 text (line 1); save it with the encoding UTF-8."),
        (
            b"x = 1\n\n\ny = '\xe9'\n",
            "Your file is not UTF-8 text (line 4); save it with the encoding UTF-8.",
        ),
        (
            b"# coding: latin-1\nx = '\xe9'\n",
            "Your file is not UTF-8 text (line 2); save it with the encoding UTF-8.",
        ),
        (
            "x = 1\n".encode("utf-16"),
            "Your file is not UTF-8 text (line 1); save it with the encoding UTF-8.",
        ),
        (
            b"# coding: utf-7\n# +AAo-import os\n",
            "Your file declares the encoding utf-7; only UTF-8 is accepted.",
        ),
        (
            b"# coding: latin-1\n",
            "Your file declares the encoding iso-8859-1; only UTF-8 is accepted.",
        ),
        (
            b"# coding: klingon\n",
            "Your file cannot be read as Python: unknown encoding: klingon in line 1.",
        ),
        (b"x = 1\ny = '\0'\n", "Your file has a NUL byte in line 2; is it a text file?"),
    ],
)
def test_what_is_no_text_in_utf_8_is_said_with_its_line(content: bytes, complaint: str) -> None:
    assert complaint_about("small.py", content) == complaint


def test_of_a_file_that_is_no_python_only_the_size_counts() -> None:
    assert complaint_about("page.html", b"\xff\0") == ""
    assert "more than 1 MiB" in complaint_about("page.html", b" " * (MAX_FILE_BYTES + 1))


@given(st.binary(max_size=60) | st.binary(max_size=40).map(b"# coding: ".__add__))
def test_any_bytes_are_accepted_or_complained_about(content: bytes) -> None:
    if complaint_about("small.py", content) == "":
        submission = Submission("small.py", {"small.py": content}, "small.py")
        assert submission.text().encode() == content.removeprefix(b"\xef\xbb\xbf")


def test_the_text_is_without_byte_order_mark() -> None:
    submission = Submission("small.py", {"small.py": b"\xef\xbb\xbfx = 1\n"}, "small.py")
    assert submission.text() == "x = 1\n"


# The hash.

files = st.dictionaries(st.text(max_size=3), st.binary(max_size=3), max_size=3)


@given(files, files)
def test_two_submissions_have_one_hash_only_when_all_names_and_contents_are_equal(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    assert (hash_files(one) == hash_files(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": b"bc"}, {"ab": b"c"}),
        ({"a": b"b", "c": b"d"}, {"a": b"bcd"}),
        ({"a": b""}, {}),
        ({"a": b"1", "b": b"2"}, {"a": b"2", "b": b"1"}),
    ],
)
def test_the_hash_keeps_names_and_contents_apart(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    assert hash_files(one) != hash_files(other)


def test_the_order_of_the_files_does_not_matter() -> None:
    assert hash_files({"a": b"1", "b": b"2"}) == hash_files({"b": b"2", "a": b"1"})


def test_the_hash_of_a_folder_is_that_of_its_files_but_compiled_ones(tmp_path: Path) -> None:
    folder = folder_in(tmp_path, {"app.py": b"1", "views/posts.py": b"2"})
    (folder / "app.pyc").write_bytes(b"3")
    assert hash_path(folder) == hash_files({"app.py": b"1", "views/posts.py": b"2"})
    assert hash_path(folder / "app.py") == hash_files({"app.py": b"1"})
    assert hash_path(folder / "nothing") == hash_files({})


def test_the_hash_of_a_submission_is_that_of_its_files_and_not_of_its_path() -> None:
    one, other = (Submission(path, {"small.py": b"x"}, "small.py") for path in ("a.py", "b.py"))
    assert one.sha256 == other.sha256 == hash_files({"small.py": b"x"})
    assert len(one.sha256) == 64
