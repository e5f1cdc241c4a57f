"""`grade batch`, `report`, `regrade` and `verify`: from what was handed in to files again."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from grader.gradebook import open_gradebook
from grader.inside.wire import encode

Invoke = Callable[..., Any]

RIGHT = (
    "def double(number):\n    return 2 * number\n\n\ndef half(number):\n    return number // 2\n"
)
WRONG = RIGHT.replace("2 * number", "3 * number")
COMMAND = (sys.executable, "-c", "from grader.cli.main import main; main()")


@pytest.fixture
def handed_in(plain_surroundings: Path) -> Path:
    """A class of three: Anna is right, Bob is wrong, Cleo has handed in what is no Python."""
    for student, text in (("anna", RIGHT), ("bob", WRONG), ("cleo", "def double(:\n")):
        file = plain_surroundings / "handed-in" / student / "double.py"
        file.parent.mkdir(parents=True)
        file.write_text(text)
    (plain_surroundings / "class.csv").write_text(
        "id,name,email\nanna,Anna A,anna@x.org\nbob,Bob B,\ncleo,Cleo C,\ndora,Dora D,\n"
    )
    return Path("handed-in")


@pytest.fixture
def batch(cli_invoke: Invoke, small_bank: Path) -> Invoke:
    def invoke(*arguments: str | Path, command: str = "batch", status: int = 0) -> Any:
        options = ("--bank", small_bank, "--sandbox", "none")
        return cli_invoke(command, *arguments, *options, status=status)

    return invoke


def points(file: str = "gradebook.db") -> dict[str, int]:
    """Return the points that stand in a gradebook, by student."""
    with open_gradebook(file) as gradebook:
        return {grade.student: grade.result.points for grade in gradebook.standing()}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


# What is graded


def test_a_class_is_graded_into_a_gradebook(batch: Invoke, handed_in: Path) -> None:
    finished = batch(handed_in, "--roster", "class.csv")
    assert points() == {"anna": 3, "bob": 1, "cleo": 0}
    assert "3 submissions of 4 students (layout: students); 0 graded before" in finished.stdout
    assert "\n1 with nothing to grade: Dora D\n" in finished.stdout
    assert finished.stdout.endswith("3 graded, 0 unchanged, 0 not graded\n")
    assert "3 of 3 graded" in finished.stderr
    assert "1 all points" in finished.stderr
    assert "2 not all points" in finished.stderr


def test_what_is_unchanged_is_not_graded_again(batch: Invoke, handed_in: Path) -> None:
    batch(handed_in)
    (handed_in / "bob/double.py").write_text(RIGHT)
    finished = batch(handed_in)
    assert finished.stdout.endswith("1 graded, 2 unchanged, 0 not graded\n")
    assert points() == {"anna": 3, "bob": 3, "cleo": 0}


def test_force_grades_all_of_it_again(batch: Invoke, handed_in: Path) -> None:
    batch(handed_in)
    assert batch(handed_in, "--force").stdout.endswith("3 graded, 0 unchanged, 0 not graded\n")


def test_what_is_refused_is_told_and_stops_nobody(batch: Invoke, handed_in: Path) -> None:
    (handed_in / "dora").mkdir()
    (handed_in / "dora/double.py").symlink_to("/etc/passwd")
    (handed_in / "dora/notes.txt").write_text("")
    finished = batch(handed_in, status=3)
    assert "1 refused:\n  dora/double.py: " in finished.stdout
    assert "dora/notes.txt" in finished.stdout
    assert points() == {"anna": 3, "bob": 1, "cleo": 0}


def test_what_cannot_be_graded_is_named_and_costs_nothing(
    batch: Invoke, handed_in: Path, small_bank: Path
) -> None:
    (small_bank / "hidden/test_double.py").write_text("raise ImportError('no such thing')\n")
    finished = batch(handed_in, status=3)
    assert "0 graded, 0 unchanged, 3 not graded\n" in finished.stdout
    assert "  bob, double: hidden/test_double.py cannot be used: " in finished.stdout
    assert "None of these costs points." in finished.stdout


def test_a_zip_of_one_exercise_is_graded_as_it(batch: Invoke, plain_surroundings: Path) -> None:
    with zipfile.ZipFile("canvas.zip", "w") as archive:
        archive.writestr("doejane_17_401_solution.py", RIGHT)
        archive.writestr("roejohn_LATE_18_402_solution.py", WRONG)
    batch("canvas.zip", "--exercise", "double")
    assert points() == {"17": 3, "18": 1}


def test_other_people_s_code_is_not_run_without_a_sandbox(
    cli_invoke: Invoke,
    small_bank: Path,
    handed_in: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing_works(choice: Any, provide_image: object) -> Any:
        return type(choice)("none")

    monkeypatch.setattr("grader.cli.sandboxes.settle", nothing_works)
    finished = cli_invoke("batch", handed_in, "--bank", small_bank, status=2)
    assert (
        "no sandbox works here, and other people's code is not run without one" in finished.stderr
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere"),
        (["handed-in", "--layout", "tidy"], "tidy"),
        (["handed-in", "--roster", "nowhere.csv"], "nowhere.csv"),
        (["handed-in", "--jobs", "2", "--cluster", "tcp://x:1"], "--jobs is for this machine"),
        (["handed-in", "--gradebook", "no/folder/g.db"], "no/folder"),
        (["handed-in", "--exercise", "dubble"], "dubble"),
    ],
)
def test_wrong_usage_is_a_sentence(
    batch: Invoke, handed_in: Path, arguments: list[str], said: str
) -> None:
    stderr = batch(*arguments, status=2).stderr
    assert stderr.startswith("grade: ")
    assert said in stderr


def test_who_is_killed_again_and_again_loses_nothing_that_was_reported(
    small_bank: Path, plain_surroundings: Path
) -> None:
    for number in range(12):
        file = plain_surroundings / f"handed-in/student{number:02}/double.py"
        file.parent.mkdir(parents=True)
        file.write_text(f"{RIGHT}# {number}\n")
    arguments = ("batch", "handed-in", "--bank", str(small_bank), "--sandbox", "none")
    seen: dict[str, int] = {}
    for stop_at in (2, 5, 8):
        process = subprocess.Popen(
            [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _wait_for_grades(process, stop_at)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with open_gradebook("gradebook.db") as gradebook:
            now = {grade.student: grade.number for grade in gradebook.standing()}
        assert now.items() >= seen.items()
        assert len(now) >= stop_at
        seen = now
    finished = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=True)
    with open_gradebook("gradebook.db") as gradebook:
        histories = [gradebook.history(f"student{number:02}", "double") for number in range(12)]
    assert [len(history) for history in histories] == [1] * 12
    assert {history[0].result.points for history in histories} == {3}
    numbers = {one.student: one.number for (one,) in histories}
    assert numbers.items() >= seen.items()
    assert f"{12 - len(seen)} graded, {len(seen)} unchanged, 0 not graded" in finished.stdout


def _wait_for_grades(process: "subprocess.Popen[bytes]", count: int) -> None:
    """Wait until so many grades are stored."""
    while process.poll() is None:
        if os.path.exists("gradebook.db"):
            with open_gradebook("gradebook.db") as gradebook:
                if sum(1 for _ in gradebook.standing()) >= count:
                    return
    pytest.fail(f"it ended by itself, with status {process.returncode}")


# What is reported


def test_the_class_is_told_as_csv_with_who_is_missing(
    batch: Invoke, cli_invoke: Invoke, handed_in: Path
) -> None:
    batch(handed_in, "--roster", "class.csv")
    rows = rows_of(cli_invoke("report", "--format", "csv").stdout)
    assert [(row["name"], row["points"], row["verdict"]) for row in rows] == [
        ("Anna A", "3", "all_points"),
        ("Bob B", "1", "not_all_points"),
        ("Cleo C", "0", "not_all_points"),
        ("Dora D", "", "missing"),
    ]


def test_pages_are_written_for_the_class_and_each_student(
    batch: Invoke, cli_invoke: Invoke, handed_in: Path
) -> None:
    batch(handed_in, "--roster", "class.csv")
    finished = cli_invoke("report", "--output", "pages", "--title", "Class of 26")
    assert "5 files written to pages" in finished.stderr
    assert "Class of 26" in Path("pages/index.html").read_text()
    assert "3 * number" in re.sub("<[^>]+>", "", Path("pages/students/bob.html").read_text())


def test_feedback_tells_students_no_more_than_its_level(
    batch: Invoke, cli_invoke: Invoke, handed_in: Path
) -> None:
    batch(handed_in)
    for report_format, file in (
        ("gradescope", "out/bob/double/results.json"),
        ("html", "out/students/bob.html"),
    ):
        for level, is_told in (("full", True), ("titles", False)):
            cli_invoke("report", "--format", report_format, "--output", "out", "--feedback", level)
            assert ("Two times." in Path(file).read_text()) is is_told


@pytest.mark.parametrize("report_format", ["gradescope", "exercism", "classroom50"])
def test_each_grade_gets_a_file_of_its_own(
    batch: Invoke, cli_invoke: Invoke, handed_in: Path, report_format: str
) -> None:
    batch(handed_in)
    cli_invoke("report", "--format", report_format, "--output", "out")
    files = sorted(Path("out").rglob("*.json"))
    assert [file.parts[1:3] for file in files] == [
        (student, "double") for student in ("anna", "bob", "cleo")
    ]
    assert all(isinstance(json.loads(file.read_bytes()), dict) for file in files)


def test_points_go_back_to_canvas_and_nothing_else_changes(
    batch: Invoke, cli_invoke: Invoke, plain_surroundings: Path
) -> None:
    with zipfile.ZipFile("canvas.zip", "w") as archive:
        archive.writestr("doejane_17_401_double.py", RIGHT)
        archive.writestr("roejohn_18_402_double.py", WRONG)
    export = (
        "Student,ID,SIS Login ID,Section,Double (99),Final Score\r\n"
        "    Points Possible,,,,3,(read only)\r\n"
        '"Doe, Jane",17,jane,A,,\r\n"Roe, John",18,john,A,,\r\n"Poe, Ann",19,ann,A,,\r\n'
    )
    Path("export.csv").write_bytes(export.encode())
    batch("canvas.zip")
    finished = cli_invoke(
        *("report", "--format", "canvas", "--fill", "export.csv", "--column", "double=99"),
        *("--output", "import.csv", "--feedback-zip", "feedback.zip"),
    )
    wanted = export.replace("jane,A,,", "jane,A,3,").replace("john,A,,", "john,A,1,")
    assert Path("import.csv").read_bytes().decode() == wanted
    assert "2 cells hold the points of this class" in finished.stderr
    with zipfile.ZipFile("feedback.zip") as archive:
        assert archive.namelist() == ["doejane_17_401_double.py", "roejohn_18_402_double.py"]
        assert "`double` gives twice a number." in archive.read("roejohn_18_402_double.py").decode()


def test_points_go_back_to_moodle(
    batch: Invoke, cli_invoke: Invoke, plain_surroundings: Path
) -> None:
    with zipfile.ZipFile("moodle.zip", "w") as archive:
        archive.writestr("Jane Doe_17_assignsubmission_file/double.py", RIGHT)
    worksheet = (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (grade),Feedback comments\n"
        "Participant 17,Jane Doe,jane@x.org,Submitted,,3.00,Yes,-,\n"
    )
    Path("worksheet.csv").write_text(worksheet)
    batch("moodle.zip")
    cli_invoke(
        *("report", "--format", "moodle", "--fill", "worksheet.csv", "--exercise", "double"),
        *("--output", "import.csv", "--feedback-zip", "feedback.zip"),
    )
    (row,) = rows_of(Path("import.csv").read_text())
    assert (float(row["Grade"]), row["Last modified (grade)"]) == (3, "-")
    with zipfile.ZipFile("feedback.zip") as archive:
        (name,) = archive.namelist()
        assert name == "Jane Doe_17_assignsubmission_file_/feedback.html"
        assert archive.read(name).startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a folder with --output"),
        (["--format", "canvas"], "name it with --fill"),
        (["--format", "moodle", "--fill", "x.csv"], "name it with --exercise"),
        (["--format", "csv", "--fill", "x.csv"], "--fill goes with"),
        (["--format", "csv", "--output", "no/such.csv"], "its folder does not exist"),
        (["--format", "canvas", "--fill", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["--format", "canvas", "--fill", "class.csv", "--column", "double"], "NAME=COLUMN"),
        (["--output", "class.csv"], "is no folder"),
    ],
)
def test_a_report_that_cannot_be_made_says_why(
    batch: Invoke, cli_invoke: Invoke, handed_in: Path, arguments: list[str], said: str
) -> None:
    batch(handed_in)
    stderr = cli_invoke("report", *arguments, status=2).stderr
    assert stderr.startswith("grade: ")
    assert said in stderr


def test_an_empty_gradebook_has_nothing_to_report(cli_invoke: Invoke) -> None:
    open_gradebook("gradebook.db").close()
    assert "`grade batch` fills it" in cli_invoke("report", "--format", "csv", status=2).stderr


@pytest.mark.parametrize("command", [["report", "--format", "csv"], ["regrade"]])
def test_a_gradebook_that_is_not_there_is_not_made(
    cli_invoke: Invoke, small_bank: Path, command: list[str]
) -> None:
    stderr = cli_invoke(*command, "--gradebook", "elsewhere.db", status=2).stderr
    assert "there is no gradebook elsewhere.db" in stderr
    assert not Path("elsewhere.db").exists()


# What is graded again

EASIER = "assert doubled(number) in (2 * number, 3 * number)"


@pytest.fixture
def eased(batch: Invoke, handed_in: Path, small_bank: Path) -> Path:
    """A class that was graded, after which its exercise has become easier."""
    batch(handed_in)
    tests = small_bank / "hidden/test_double.py"
    tests.write_text(tests.read_text().replace("assert doubled(number) == 2 * number", EASIER))
    return tests


def test_a_dry_run_shows_who_gains_what_and_stores_nothing(batch: Invoke, eased: Path) -> None:
    finished = batch("--dry-run", command="regrade")
    assert "+2  bob, double\n      +2  `double` gives twice a number.  (failed → passed)\n" in (
        finished.stdout
    )
    assert finished.stdout.endswith("1 gain, 0 lose, 2 keep their points\n")
    assert points()["bob"] == 1


def test_with_yes_the_new_grades_are_stored_and_the_old_ones_stay(
    batch: Invoke, eased: Path
) -> None:
    assert batch("--yes", command="regrade").stdout.endswith("3 grades stored\n")
    assert points() == {"anna": 3, "bob": 3, "cleo": 0}
    with open_gradebook("gradebook.db") as gradebook:
        assert [one.result.points for one in gradebook.history("bob", "double")] == [1, 3]
    assert "every grade is up to date" in batch("--yes", command="regrade").stdout


def test_without_an_answer_nothing_is_stored(
    batch: Invoke, eased: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))
    batch(command="regrade", status=130)
    assert points()["bob"] == 1


def test_the_files_need_not_be_there_any_more(batch: Invoke, eased: Path, handed_in: Path) -> None:
    for file in handed_in.rglob("*.py"):
        file.unlink()
    batch("double", "--yes", command="regrade")
    assert points()["bob"] == 3


def test_what_cannot_be_graded_again_keeps_its_points(
    batch: Invoke, handed_in: Path, small_bank: Path
) -> None:
    batch(handed_in)
    (small_bank / "hidden/test_double.py").write_text("raise ImportError('no such thing')\n")
    finished = batch("--yes", command="regrade", status=3)
    assert "not graded: bob, double: hidden/test_double.py cannot be used" in finished.stdout
    assert points() == {"anna": 3, "bob": 1, "cleo": 0}


# What is verified


@pytest.fixture
def result_file(batch: Invoke, handed_in: Path) -> Path:
    """The result of Bob's file, as JSON."""
    file = handed_in / "bob/double.py"
    batch(file, "--format", "json", "--output", "result.jsonl", command="submit", status=1)
    return Path("result.jsonl")


def test_the_same_comes_out_again(batch: Invoke, result_file: Path) -> None:
    finished = batch(result_file, command="verify")
    assert "✓ the same: 1 of 3 points" in finished.stdout
    assert "note" not in finished.stdout


def test_a_result_that_was_changed_is_found_out(batch: Invoke, result_file: Path) -> None:
    result = json.loads(result_file.read_text())
    result["tests"][0] |= {"outcome": "passed", "points": 2, "counterexample": []}
    result_file.write_text(json.dumps(result))
    finished = batch(result_file, command="verify", status=1)
    assert "✗ different: 3 points then, 1 now" in finished.stdout
    assert "`double` gives twice a number.  passed → failed" in finished.stdout


def test_what_has_changed_since_is_noted(
    batch: Invoke, result_file: Path, handed_in: Path, small_bank: Path
) -> None:
    (handed_in / "bob/double.py").write_text(RIGHT)
    with (small_bank / "hidden/test_double.py").open("a") as stream:
        stream.write("\n")
    finished = batch(result_file, command="verify", status=1)
    assert "note: the submission is not the one that was graded\n" in finished.stdout
    assert "note: the hidden tests are not those of then\n" in finished.stdout


def test_an_example_that_was_found_on_another_student_is_tried(
    batch: Invoke, plain_surroundings: Path
) -> None:
    lucky = plain_surroundings / "double.py"
    lucky.write_text(RIGHT.replace("2 * number", "2 * number + (number == 987654321)"))
    batch(lucky, "--format", "json", "--output", "result.jsonl", command="submit")
    result = json.loads(Path("result.jsonl").read_text())
    result["tests"][0] |= {
        "outcome": "failed",
        "points": 0,
        "counterexample": [{"name": "number", "value": "987654321"}],
        "example": encode({"number": 987654321}).decode(),
    }
    Path("result.jsonl").write_text(json.dumps(result))
    assert "✓ the same: 1 of 3 points" in batch("result.jsonl", command="verify").stdout


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", '{"schema": "grader/result/v1"}', '{"schema": 7}', "\udcff", "null"]
)
def test_what_is_no_result_is_refused(
    batch: Invoke, plain_surroundings: Path, content: str
) -> None:
    Path("result.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert "result.json" in batch("result.json", command="verify", status=2).stderr
