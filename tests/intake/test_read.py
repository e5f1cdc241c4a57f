"""The intake as a whole: a class in, hand-ins and reasons out."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.classroom import Intake, Student
from grader.errors import UsageError
from grader.intake.read import MAX_LISTED
from grader.submission import MAX_FILE_BYTES
from intake.classes import (
    ANNA,
    BOB,
    CONTENT,
    ROSTER,
    pairs,
    read,
    reasons,
    write_folder,
    write_overlapping_zip,
    write_zip,
)

IN_EACH_LAYOUT = {
    "students": {
        ("anna", "decorators"): ["anna/decorators.py"],
        ("anna", "blog"): ["anna/blog/app.py", "anna/blog/views/posts.py"],
        ("bob", "iterators"): ["bob/exercises/iterators.py"],
    },
    "files": {
        ("anna", "decorators"): ["anna_decorators.py"],
        ("bob", "iterators"): ["iterators-bob.py"],
    },
    "exercises": {
        ("anna", "decorators"): ["decorators/anna.py"],
        ("anna", "blog"): ["blog/anna/app.py", "blog/anna/views/posts.py"],
        ("bob", "iterators"): ["iterators/bob.py"],
    },
    "canvas": {
        ("anna", "decorators"): ["leeanna_LATE_12_1_decorators-2.py"],
        ("bob", "iterators"): ["oneilbob_13_2_iterators.py"],
    },
    "moodle": {
        ("anna", "decorators"): ["Anna Lee_12_assignsubmission_file/decorators.py"],
        ("anna", "blog"): ["Anna Lee_12_assignsubmission_file/blog/app.py"],
        ("bob", "iterators"): ["Bob O'Neil_13_assignsubmission_file_iterators.py"],
    },
    "classroom50": {
        ("anna", "decorators"): ["cs-decorators-anna/decorators.py"],
        ("anna", "blog"): ["cs-blog-anna/app.py", "cs-blog-anna/views/posts.py"],
        ("bob", "iterators"): ["cs-iterators-bob/exercises/iterators.py"],
    },
}


@pytest.mark.parametrize("make", [write_folder, write_zip])
@pytest.mark.parametrize("prefix", ["", "class/"])
@pytest.mark.parametrize("layout", IN_EACH_LAYOUT)
def test_a_class_is_read_in_each_layout(
    tmp_path: Path, layout: str, prefix: str, make: type
) -> None:
    expected = IN_EACH_LAYOUT[layout]
    files = {
        prefix + name: f"# {student} {exercise}\n".encode()
        for (student, exercise), names in expected.items()
        for name in names
    }
    intake = read(make(tmp_path / "class", files), roster=ROSTER)
    assert intake.layout == layout
    assert [student.id for student in intake.students] == ["bob", "anna"]
    assert {(one.student, one.exercise) for one in intake.hand_ins} == set(expected)
    assert (intake.refusals, intake.unmatched) == ((), ())
    for one in intake.hand_ins:
        content = f"# {one.student} {one.exercise}\n".encode()
        assert set(one.submission.files.values()) == {content}
        assert len(one.submission.files) == len(expected[one.student, one.exercise])


def test_a_hand_in_has_the_exercises_names_and_says_where_it_was(tmp_path: Path) -> None:
    files = ["class/anna/decorators.py", "class/anna/blog/app.py", "class/anna/blog/views/posts.py"]
    decorators, blog = read(write_folder(tmp_path / "class", files)).hand_ins
    assert decorators.submission.files == {"decorators.py": CONTENT}
    assert decorators.place == decorators.submission.path == "class/anna/decorators.py"
    assert blog.submission.files == {"app.py": CONTENT, "views/posts.py": CONTENT}
    assert blog.place == blog.submission.path == "class/anna/blog"
    assert blog.submission.main == "app.py"


def test_hand_ins_are_in_the_order_of_the_class_and_of_the_bank(tmp_path: Path) -> None:
    files = [f"{who}/{what}.py" for who in ("zoe", "anna") for what in ("iterators", "decorators")]
    root = write_folder(tmp_path / "class", [*files, "anna/blog/app.py"])
    expected = [
        *[("anna", what) for what in ("decorators", "iterators", "blog")],
        *[("zoe", what) for what in ("decorators", "iterators")],
    ]
    assert [(one.student, one.exercise) for one in read(root).hand_ins] == expected


def test_without_a_roster_the_class_is_who_the_files_name(tmp_path: Path) -> None:
    files = ["zoe/decorators.py", "bob/main.py", "docs/readme.txt", "anna/decorators.py"]
    intake = read(write_folder(tmp_path / "class", files))
    assert intake.students == (Student("anna"), Student("bob"), Student("zoe"))
    assert reasons(intake.unmatched) == {
        "bob/main.py": "Its name fits no exercise.",
        "docs/readme.txt": "Its name fits no exercise.",
    }


def test_with_a_roster_the_class_is_the_roster_and_nobody_else(tmp_path: Path) -> None:
    files = ["anna/decorators.py", "eve/decorators.py", "eve/notes.txt"]
    intake = read(write_folder(tmp_path / "class", files), roster=ROSTER)
    assert intake.students == ROSTER
    assert pairs(intake.hand_ins) == [("anna", "decorators", "anna/decorators.py")]
    assert reasons(intake.refusals) == {"eve/decorators.py": "eve is not in the roster."}
    assert intake.refusals[0].exercise == "decorators"


def test_the_id_is_that_of_the_roster_however_the_files_have_it(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["ANNA/decorators.py", "bob.oneil/decorators.py"])
    intake = read(root, roster=ROSTER)
    assert [one.student for one in intake.hand_ins] == ["bob", "anna"]


def test_the_number_of_the_course_system_is_kept_for_its_spreadsheet(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["leeanna_LATE_12_1_decorators.py"])
    (student,) = read(root).students
    assert student == Student("12", "leeanna", system_id="12")
    intake = read(root, roster=ROSTER)
    assert intake.students == (BOB, Student(*("anna", ANNA.name, ANNA.email, "A", "12")))
    assert [(one.student, one.is_late) for one in intake.hand_ins] == [("anna", True)]


def test_who_handed_in_something_else_is_in_the_class_of_a_course_system(tmp_path: Path) -> None:
    files = ["leeanna_12_text.html", "oneilbob_13_2_work.zip", "doe_14_3_decorators.py"]
    intake = read(write_folder(tmp_path / "class", files))
    assert [student.id for student in intake.students] == ["12", "13", "14"]
    assert reasons(intake.unmatched) == {
        "leeanna_12_text.html": "It is a text typed into Canvas and no file."
    }
    assert reasons(intake.refusals) == {
        "oneilbob_13_2_work.zip": (
            "It is an archive, and archives inside a class's files are not opened."
        )
    }
    assert intake.unmatched[0].student == "12"
    assert intake.refusals[0].student == "13"


def test_where_the_exercise_was_named_the_students_names_do_not_matter(tmp_path: Path) -> None:
    files = {
        "leeanna_12_1_homework.py": b"anna",
        "oneilbob_13_2_a.py": b"",
        "oneilbob_13_3_b.py": b"",
        "doe_14_4_decorators.py": b"doe",
        "doe_14_5_helper.py": b"",
    }
    intake = read(write_folder(tmp_path / "class", files), exercise="decorators")
    assert [(one.student, one.submission.files) for one in intake.hand_ins] == [
        ("12", {"decorators.py": b"anna"}),
        ("14", {"decorators.py": b"doe"}),
    ]
    several = (
        "Several files may be meant, so none is graded: oneilbob_13_2_a.py, oneilbob_13_3_b.py."
    )
    assert reasons(intake.refusals) == {"oneilbob_13_2_a.py": several}
    assert (intake.refusals[0].student, intake.refusals[0].exercise) == ("13", "decorators")
    assert reasons(intake.unmatched) == {
        "doe_14_5_helper.py": "Another file of the same student was taken."
    }


def test_the_last_attempt_of_canvas_counts(tmp_path: Path) -> None:
    files = {
        f"leeanna_12_{n}_decorators{end}.py": end.encode() for n, end in enumerate(("", "-2", "-1"))
    }
    intake = read(write_folder(tmp_path / "class", files))
    assert [one.submission.files for one in intake.hand_ins] == [{"decorators.py": b"-2"}]
    assert len(intake.unmatched) == 2


def test_a_name_that_can_be_read_in_two_ways_is_read_by_the_roster_or_not_at_all(
    tmp_path: Path,
) -> None:
    root = write_folder(tmp_path / "class", ["decorators_iterators.py", "anna_decorators.py"])
    intake = read(root)
    assert [student.id for student in intake.students] == ["anna"]
    assert reasons(intake.refusals) == {
        "decorators_iterators.py": (
            "Its name can be read as decorators by iterators, or iterators by decorators; rename "
            "it, or name the students in a roster."
        )
    }
    intake = read(root, roster=(Student("iterators"), ANNA))
    assert [(one.student, one.exercise) for one in intake.hand_ins] == [
        ("iterators", "decorators"),
        ("anna", "decorators"),
    ]


def test_repositories_for_no_exercise_are_read_by_the_roster(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["cs-w1-anna/decorators.py", "cs-w1-bob/iterators.py"])
    intake = read(root, layout="classroom50", roster=ROSTER)
    assert [(one.student, one.exercise) for one in intake.hand_ins] == [
        ("bob", "iterators"),
        ("anna", "decorators"),
    ]
    assert read(root, layout="classroom50").hand_ins == ()
    inside = write_zip(tmp_path / "all.zip", ["all/cs-w1-anna/decorators.py"])
    (anna,) = read(inside, layout="classroom50", roster=ROSTER).hand_ins
    assert anna.place == "all/cs-w1-anna/decorators.py"


def test_two_copies_of_one_exercise_are_both_named_and_neither_is_graded(tmp_path: Path) -> None:
    files = ["anna/decorators.py", "anna/exercises/decorators.py", "anna/iterators.py"]
    intake = read(write_folder(tmp_path / "class", files))
    assert pairs(intake.hand_ins) == [("anna", "iterators", "anna/iterators.py")]
    assert reasons(intake.refusals) == {
        "anna/decorators.py": (
            "Several files may be meant, so none is graded: anna/decorators.py, "
            "anna/exercises/decorators.py."
        )
    }


@pytest.mark.parametrize("roster", [(), ROSTER])
@pytest.mark.parametrize("make", [write_folder, write_zip])
def test_two_spellings_of_one_student_are_refused_and_all_others_are_read(
    tmp_path: Path, make: type, roster: tuple[Student, ...]
) -> None:
    files = ["bob/decorators.py", "Bob/iterators.py", "anna/decorators.py"]
    intake = read(make(tmp_path / "class", files), roster=roster)
    assert pairs(intake.hand_ins) == [("anna", "decorators", "anna/decorators.py")]
    both = "Bob and bob stand for one student; only one of the names can be right."
    assert reasons(intake.refusals) == dict.fromkeys(
        ["bob/decorators.py", "Bob/iterators.py"], both
    )


def test_whoever_takes_anothers_number_is_refused_with_them(tmp_path: Path) -> None:
    files = ["oneilbob_13_1_decorators.py", "mallory_13_2_decorators.py", "doe_14_3_decorators.py"]
    intake = read(write_folder(tmp_path / "class", files))
    assert [one.student for one in intake.hand_ins] == ["14"]
    assert {one.reason for one in intake.refusals} == {
        "The number 13 stands with two names, mallory and oneilbob."
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("x = 'é'\n".encode("utf-16"), "is not UTF-8 text (line 1)"),
        (b"x = 1\n'\xe9'\n", "is not UTF-8 text (line 2)"),
        (b"x = '\0'\n", "has a NUL byte in line 1"),
        (b"x" * (100 * MAX_FILE_BYTES), "has more than 1 MiB"),
        (b"", ""),
        (b"\xef\xbb\xbfx = 1\r\n", ""),
        (b"def broken(:\n", ""),
    ],
    ids=["UTF-16", "Latin-1", "NUL", "100 MiB", "empty", "BOM and CRLF", "no Python"],
)
@pytest.mark.parametrize("make", [write_folder, write_zip])
def test_what_is_wrong_with_the_text_is_the_submissions_and_no_refusal(
    tmp_path: Path, make: type, content: bytes, complaint: str
) -> None:
    files = {"anna/decorators.py": content, "bob/decorators.py": CONTENT}
    anna, bob = read(make(tmp_path / "class", files)).hand_ins
    assert complaint in anna.submission.complaint
    assert bool(anna.submission.complaint) is bool(complaint)
    assert len(anna.submission.files["decorators.py"]) <= MAX_FILE_BYTES + 1
    assert bob.submission.complaint == ""


def test_a_folder_without_its_main_file_is_graded_with_a_complaint(tmp_path: Path) -> None:
    (one,) = read(write_folder(tmp_path / "class", ["anna/blog/views/posts.py"])).hand_ins
    assert one.submission.complaint == "Your folder has no file app.py."


# A hostile class: nothing escapes, and the honest ones' hand-ins are what they are without it.

HONEST = {"anna/decorators.py": b"anna", "bob/decorators.py": b"bob", "bob/blog/app.py": b"app"}


def assert_honest_unharmed(intake: Intake, alone: Intake) -> None:
    """Everything of Anna's and Bob's is as it is in a class of the two."""
    assert [one for one in intake.hand_ins if one.student in ("anna", "bob")] == list(
        alone.hand_ins
    )
    refused = {refusal.student for refusal in (*intake.refusals, *intake.unmatched)}
    assert not refused & {"anna", "bob"}


@pytest.fixture
def alone(tmp_path: Path) -> Intake:
    """The honest ones alone."""
    return read(write_folder(tmp_path / "alone", HONEST))


def test_hostile_things_in_a_folder_change_nothing_for_others(
    tmp_path: Path, alone: Intake
) -> None:
    root = write_folder(tmp_path / "class", HONEST)
    for student in ("link", "hard", "fifo", "folder", "up", "zero", "sparse"):
        (root / student).mkdir()
    (root / "link" / "decorators.py").symlink_to("../anna/decorators.py")
    (root / "zero" / "decorators.py").symlink_to("/dev/zero")
    (tmp_path / "mine.py").write_bytes(b"hard")
    os.link(tmp_path / "mine.py", root / "hard" / "decorators.py")
    os.mkfifo(root / "fifo" / "decorators.py")
    (root / "folder" / "decorators.py").mkdir()
    (root / "up" / "blog").symlink_to("../bob/blog")
    (root / "all").symlink_to("anna")
    with (root / "sparse" / "decorators.py").open("wb") as file:
        file.truncate(1024**4)
    intake = read(root)
    assert_honest_unharmed(intake, alone)
    link = "It is a link, and links are not followed."
    assert reasons(intake.refusals) == {
        **dict.fromkeys(["link/decorators.py", "zero/decorators.py", "up/blog", "all"], link),
        "hard/decorators.py": (
            "It has a second name elsewhere (a hard link); hand in a copy of its own."
        ),
        "fifo/decorators.py": "It is no regular file but a pipe, a socket or a device.",
    }
    by_place = {one.place: one for one in intake.refusals}
    assert by_place["link/decorators.py"].student == "link"
    assert by_place["link/decorators.py"].exercise == "decorators"
    assert [one.student for one in intake.hand_ins] == ["anna", "bob", "bob", "sparse"]


def test_anothers_file_by_a_hard_link_is_refused_for_both(tmp_path: Path) -> None:
    root = write_folder(
        tmp_path / "class", ["anna/decorators.py", "eve/notes.txt", "bob/iterators.py"]
    )
    os.link(root / "anna/decorators.py", root / "eve/decorators.py")
    intake = read(root)
    assert [one.student for one in intake.hand_ins] == ["bob"]
    assert [one.student for one in intake.refusals] == ["anna", "eve"]


def test_hostile_names_in_a_zip_change_nothing_for_others(tmp_path: Path, alone: Intake) -> None:
    hostile = [
        *("../eve/decorators.py", "/eve/decorators.py", "eve/../anna/decorators.py"),
        *("C:\\eve\\decorators.py", "eve\\decorators.py", "eve/decorators.py\0.txt"),
        *("./anna/decorators.py", "anna//decorators.py", "x" * 400, "d/" * 60 + "decorators.py"),
    ]
    files: Mapping[str, bytes] = {**HONEST, **dict.fromkeys(hostile, b"evil")}
    intake = read(write_zip(tmp_path / "class.zip", files))
    assert_honest_unharmed(intake, alone)
    assert len(intake.refusals) == len(hostile)
    assert [student.id for student in intake.students] == ["anna", "bob"]
    assert not (tmp_path / "eve").exists()


def test_names_that_a_terminal_a_shell_or_a_spreadsheet_would_obey_are_shown_inert(
    tmp_path: Path, alone: Intake
) -> None:
    keys = ["\x1b[2J", "a\x07", "a\nb", "\u202eanna", "-rf", "=cmd", "\uff1dcmd", "$(id)"]
    files = {**HONEST, **{f"{key}/decorators.py": b"evil" for key in keys}}
    files |= {"eve/\x1b]0;title\x07.py": b"", "eve/decorators.py": b"eve"}
    intake = read(write_folder(tmp_path / "class", files))
    assert_honest_unharmed(intake, alone)
    assert [student.id for student in intake.students] == ["anna", "bob", "eve"]
    assert len(intake.refusals) == len(keys)
    for one in (*intake.refusals, *intake.unmatched):
        assert (one.place + one.reason).isprintable()


def test_bombs_in_a_zip_change_nothing_for_others(tmp_path: Path, alone: Intake) -> None:
    zeros = bytes(100 * MAX_FILE_BYTES)
    files = {**HONEST, "eve/decorators.py": zeros, "eve/iterators.zip": b"PK\x05\x06" + bytes(18)}
    intake = read(write_zip(tmp_path / "class.zip", files))
    assert_honest_unharmed(intake, alone)
    (eve,) = [one for one in intake.hand_ins if one.student == "eve"]
    assert "more than 1 MiB" in eve.submission.complaint
    assert list(reasons(intake.refusals)) == ["eve/iterators.zip"]


def test_a_bomb_of_members_that_share_their_bytes_is_refused(tmp_path: Path) -> None:
    names = [f"eve{number}/decorators.py" for number in range(50)]
    path = write_overlapping_zip(tmp_path / "class.zip", names, bytes(MAX_FILE_BYTES))
    intake = read(path)
    assert intake.hand_ins == ()
    shared = "It shares its bytes with other files of the zip."
    assert reasons(intake.refusals) == dict.fromkeys(names, shared)


def test_hidden_extras_never_reach_a_submission(tmp_path: Path, alone: Intake) -> None:
    extras = [
        *(
            "conftest.py",
            "pytest.ini",
            "sitecustomize.py",
            "evil.pth",
            "decorators.so",
            "random.py",
        ),
        *("evil-1.0.dist-info/entry_points.txt", "blog/conftest.py", "blog/__init__.py"),
    ]
    noise = [".git/hooks/post-checkout", "__pycache__/decorators.cpython-311.pyc", ".DS_Store"]
    files = {f"eve/{name}": b"evil" for name in [*extras, *noise]}
    own = {"eve/decorators.py": b"eve", "eve/blog/app.py": b"eve"}
    intake = read(write_folder(tmp_path / "class", {**HONEST, **files, **own}))
    assert_honest_unharmed(intake, alone)
    eve = [one.submission.files for one in intake.hand_ins if one.student == "eve"]
    assert eve == [{"decorators.py": b"eve"}, {"app.py": b"eve"}]
    assert set(reasons(intake.unmatched)) == {f"eve/{name}" for name in extras}


def test_one_students_many_files_are_listed_up_to_a_number(tmp_path: Path, alone: Intake) -> None:
    many = {f"eve/src/{number:04}.py": b"" for number in range(3000)}
    intake = read(write_folder(tmp_path / "class", {**HONEST, **many}))
    assert_honest_unharmed(intake, alone)
    assert len(intake.unmatched) == MAX_LISTED + 1
    assert intake.unmatched[-1].place == "eve"
    assert intake.unmatched[-1].reason == f"{2000 - MAX_LISTED} more of its files fit no exercise."


def test_half_a_folder_is_not_graded(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", ["anna/blog/app.py", "anna/blog/views/x.py"])
    (root / "anna/blog/views/posts.py").symlink_to("x.py")
    intake = read(root)
    assert intake.hand_ins == ()
    assert reasons(intake.refusals) == {"anna/blog": "It is a link, and links are not followed."}


def test_what_is_read_is_what_was_there_and_the_same_each_time(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "class", HONEST)
    once, again = read(root), read(root)
    assert once == again
    (root / "anna/decorators.py").write_bytes(b"changed since")
    assert once.hand_ins[0].submission.files == {"decorators.py": b"anna"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"layout": "blackboard"}, "there is no layout blackboard"),
        ({"exercise": "decorator"}, "did you mean decorators"),
    ],
)
def test_what_is_unknown_is_an_error_of_usage(
    tmp_path: Path, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        read(write_folder(tmp_path / "class", HONEST), **options)
