"""Rosters: what is read from a CSV file, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from grader.classroom import Student
from grader.errors import UsageError
from grader.intake.roster import MAX_ROSTER_BYTES, read_roster


def roster_of(tmp_path: Path, content: str | bytes) -> Path:
    """Write a roster and return it."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "id,name,email,section\nanna,Anna Lee,a@x.org,A\nbob,,,\n",
        "Section,EMAIL, Name ,Id\nA,a@x.org,Anna Lee,anna\n,,,bob\n",
        "id;name;email;section\r\nanna;Anna Lee;a@x.org;A\r\nbob;;;\r\n",
        "\ufeffid,name,email,section,phone\nanna,Anna Lee,a@x.org,A,12\n\n,,\nbob\n",
        '"id","name","email","section"\n"anna"," Anna Lee ","a@x.org","A"\nbob,"",,',
    ],
)
def test_columns_may_come_in_any_order_and_case(tmp_path: Path, content: str) -> None:
    assert read_roster(roster_of(tmp_path, content)) == (
        Student("anna", "Anna Lee", "a@x.org", "A"),
        Student("bob"),
    )


def test_only_the_ids_are_needed_and_cells_may_hold_anything(tmp_path: Path) -> None:
    content = 'name,id\n"=1+1, ""x""\nand more",é 1\n'
    assert read_roster(roster_of(tmp_path, content)) == (Student("é 1", '=1+1, "x"\nand more'),)


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        ("", 1, "no column is called id (there is nothing)"),
        ("name,email\nAnna,a@x.org\n", 1, "no column is called id (there is name, email)"),
        ("id,ID\na,b\n", 1, "two columns are called id; rename one of them"),
        ("id,name\nanna,Anna\n,Bob\n", 3, "the id is empty; give every student one"),
        ("id\nbob\nanna\nBob\n", 4, "the id Bob is that of line 2, too"),
        ("id\nan\u0303a\na\u00f1a\n", 3, "is that of line 2, too"),
        ("id,name\nanna,Lee, Anna\n", 2, "the line has 3 cells and the header 2; put quotes"),
        ('id,name\nanna,"Lee" Anna\n', 2, "cannot be read as CSV"),
        ('id,name\nanna,"Lee\n', 2, "cannot be read as CSV"),
        (b"id,name\nanna,Ren\xe9\n", 2, "is not UTF-8; save it as CSV in UTF-8"),
        ("id\nanna\n".encode("utf-16"), 1, "is not UTF-8; save it as CSV in UTF-8"),
        ("id\nan\0na\n", 2, "has a NUL byte"),
        ("id\nan\x1b[2Jna\n", 2, r"the id an\x1b[2Jna has a character that cannot be printed"),
        ("id,name\nanna," + "x" * 200_000, 2, "cannot be read as CSV (field larger"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, sentence: str
) -> None:
    path = roster_of(tmp_path, content)
    with pytest.raises(UsageError) as caught:
        read_roster(path)
    assert str(caught.value).startswith(f"{path}:{line}")
    assert sentence in str(caught.value)


def test_a_roster_without_students_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no students"):
        read_roster(roster_of(tmp_path, "id,name\n\n"))


def test_a_roster_that_is_not_there_or_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_roster(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        read_roster(tmp_path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    with path.open("wb") as file:
        file.truncate(100 * MAX_ROSTER_BYTES)
    with pytest.raises(UsageError, match="more than 10 MiB; is it the roster"):
        read_roster(path)
