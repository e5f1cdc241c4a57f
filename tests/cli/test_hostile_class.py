"""A class in which some hand in what no honest student would: the others' grades stay the same."""

import csv
import io
import json
import os
import re
import socket
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.gradebook import open_gradebook
from grader.results import to_json

Invoke = Callable[..., Any]

RIGHT = (
    "def double(number):\n    return 2 * number\n\n\ndef half(number):\n    return number // 2\n"
)
WRONG = RIGHT.replace("2 * number", "3 * number")
HONEST = {"anna": RIGHT, "bob": WRONG}

# Names that are awkward in a page, a spreadsheet, a terminal or a path.
NAMES = [
    '=HYPERLINK("http://x.org","me")',
    "+1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "\x1b[2J\x1b]0;title\x07",
    "Robert'); DROP TABLE students;--",
    "../../etc/passwd",
]

REPORTS = ("csv", "json", "junit")


def results_of_the_honest(gradebook: str) -> dict[str, object]:
    """Return the results of the honest students as JSON, without times."""
    found: dict[str, object] = {}
    with open_gradebook(gradebook) as book:
        for grade in book.standing():
            if grade.student in HONEST:
                data = to_json(grade.result)
                for test in data["tests"]:
                    del test["seconds"]
                found[grade.student] = data
    return found


def write_honest(folder: Path) -> None:
    for student, text in HONEST.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "double.py").write_text(text)


@pytest.fixture
def batch(cli_invoke: Invoke, small_bank: Path) -> Invoke:
    def invoke(*arguments: str | Path, status: int = 0) -> Any:
        options = ("--bank", small_bank, "--sandbox", "none", "--layout", "students")
        return cli_invoke("batch", *arguments, *options, status=status)

    return invoke


@pytest.fixture
def alone(batch: Invoke, plain_surroundings: Path) -> dict[str, object]:
    """What the honest students get when nobody else is there."""
    write_honest(Path("alone"))
    batch("alone", "--gradebook", "alone.db")
    results = results_of_the_honest("alone.db")
    for data in results.values():
        assert isinstance(data, dict)
        data["submission"] = data["submission"].removeprefix("alone/")
    assert set(results) == set(HONEST)
    return results


def hostile_folder(folder: Path, secret: Path) -> set[str]:
    """Write a class with hostile entries; return the students whose file is to be refused."""
    write_honest(folder)
    for student in ("link", "chain", "pipe", "socket", "folder", "hardlink", "sparse", "binary"):
        (folder / student).mkdir()
    (folder / "link/double.py").symlink_to(secret)
    (folder / "chain").rmdir()
    (folder / "chain").symlink_to(folder / "anna", target_is_directory=True)
    os.mkfifo(folder / "pipe/double.py")
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(folder / "socket")  # the path of a socket must be short
        bound.bind("double.py")
        os.chdir(here)
    (folder / "folder/double.py").mkdir()
    os.link(secret, folder / "hardlink/double.py")
    with (folder / "sparse/double.py").open("wb") as file:
        file.truncate(2**40)
    (folder / "binary/double.py").write_bytes(b"\xff\xfe\x00\x00")
    for name in ("conftest.py", "sitecustomize.py", "evil.pth", "pytest.ini"):
        (folder / "bob" / name).write_text("raise SystemExit('ran')\n")
    return {"link", "pipe", "socket", "hardlink"}


def test_a_folder_full_of_traps_changes_nobody_else_s_grade(
    batch: Invoke, alone: dict[str, object], plain_surroundings: Path
) -> None:
    secret = plain_surroundings / "secret.py"
    secret.write_text(RIGHT + "# SECRET\n")
    refused = hostile_folder(Path("class"), secret)
    finished = batch("class", status=3)
    with open_gradebook("gradebook.db") as book:
        record = book.class_record()
    assert refused <= {refusal.student for refusal in record.refusals}
    assert not refused & {grade.student for grade in record.grades}
    # What is only too large or undecodable is graded, and loses by its own fault.
    assert {grade.result.points for grade in record.grades if grade.student == "sparse"} == {0}
    assert all(
        "SECRET" not in content.decode("utf-8", "replace")
        for grade in record.grades
        for content in grade.files.values()
    )
    for name in ("conftest.py", "sitecustomize.py", "evil.pth", "pytest.ini"):
        assert f"bob/{name}" in finished.stdout
    assert results_of_the_honest("gradebook.db") == alone


def hostile_zip(file: Path) -> None:
    """Write a zip whose members point everywhere, lie about themselves, or blow up."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, text in HONEST.items():
            archive.writestr(f"{student}/double.py", text)
        for name in (
            "../escaped/double.py",
            "/absolute/double.py",
            "C:\\x\\double.py",
            "a/../../up/double.py",
            "x" * 400 + "/double.py",
            "d/" * 80 + "double.py",
        ):
            archive.writestr(name, RIGHT)
        link = zipfile.ZipInfo("link/double.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("bomb/double.py", b"#" * (200 * 1024 * 1024))
        archive.writestr("nested/double.zip", b"PK\x03\x04" + bytes(100))
        archive.writestr("twice/double.py", RIGHT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("twice/double.py", WRONG)


def test_a_hostile_zip_is_refused_file_by_file_and_writes_nothing(
    batch: Invoke, alone: dict[str, object], plain_surroundings: Path
) -> None:
    hostile_zip(Path("class.zip"))
    before = sorted(Path().rglob("*"))
    batch("class.zip", status=3)
    new = set(Path().rglob("*")) - set(before)
    assert {path.name for path in new} <= {"gradebook.db", "gradebook.db-wal", "gradebook.db-shm"}
    with open_gradebook("gradebook.db") as book:
        record = book.class_record()
    points = {grade.student: grade.result.points for grade in record.grades}
    assert points == {"anna": 3, "bob": 1, "bomb": 0}
    assert {"link", "twice"} <= {refusal.student for refusal in record.refusals}
    assert results_of_the_honest("gradebook.db") == alone


@pytest.fixture
def named(batch: Invoke, alone: dict[str, object], plain_surroundings: Path) -> None:
    """A class whose roster has hostile names, and messages that repeat them."""
    write_honest(Path("class"))
    with open("class.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "email", "section"])
        writer.writerows([["anna", "Anna A", "", ""], ["bob", "Bob B", "", ""]])
        for number, name in enumerate(NAMES):
            writer.writerow([f"s{number}", name, name, name])
            (Path("class") / f"s{number}").mkdir()
            text = f"def double(number):\n    raise ValueError({name!r})\n"
            (Path("class") / f"s{number}" / "double.py").write_text(text, encoding="utf-8")
    batch("class", "--roster", "class.csv")


def test_no_name_and_no_message_does_anything_in_a_report(named: None, cli_invoke: Invoke) -> None:
    for report_format in REPORTS:
        text = cli_invoke("report", "--format", report_format).stdout
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", text.replace("\r\n", "\n"))
    for row in csv.reader(io.StringIO(cli_invoke("report", "--format", "csv").stdout)):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@")]
    json.loads(cli_invoke("report", "--format", "json").stdout)


def test_no_name_and_no_message_does_anything_in_a_page(named: None, cli_invoke: Invoke) -> None:
    cli_invoke("report", "--output", "pages")
    pages = list(Path("pages").rglob("*.html"))
    assert len(pages) == 1 + len(HONEST) + len(NAMES)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", text)
    assert {page.parent for page in pages} == {Path("pages"), Path("pages/students")}


def test_the_honest_have_the_same_grades_whatever_the_others_are_called(
    named: None, alone: dict[str, object]
) -> None:
    assert results_of_the_honest("gradebook.db") == alone
