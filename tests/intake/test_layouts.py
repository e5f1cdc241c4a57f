"""Layouts: what a name says, name by name."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.bank import Exercise
from grader.intake.layouts import (
    LAYOUTS,
    Claim,
    Known,
    Layout,
    Reading,
    read_canvas,
    read_classroom50,
    read_exercises,
    read_files,
    read_moodle,
    read_students,
)
from intake.classes import BLOG, DECORATORS, EXERCISES, ITERATORS

ANY = Known(EXERCISES)
ONLY_DECORATORS = Known(EXERCISES, DECORATORS)
ONLY_BLOG = Known(EXERCISES, BLOG)

Read = Callable[[str, Known], Reading]


def ways(reading: Reading) -> list[tuple[str, str, str]]:
    """Return (student, exercise, file) of each claim."""
    return [(one.student, one.exercise, one.file) for one in reading.claims]


@pytest.mark.parametrize(
    ("read", "name", "student", "exercise", "file"),
    [
        (read_students, "anna/decorators.py", "anna", "decorators", "decorators.py"),
        (read_students, "anna/exercises/decorators.py", "anna", "decorators", "decorators.py"),
        (read_students, "Anna Lee/blog/app.py", "Anna Lee", "blog", "app.py"),
        (read_students, "anna/blog/views/posts.py", "anna", "blog", "views/posts.py"),
        (read_students, "anna/exercises/blog/app.py", "anna", "blog", "app.py"),
        (read_files, "anna_decorators.py", "anna", "decorators", "decorators.py"),
        (read_files, "anna-decorators.py", "anna", "decorators", "decorators.py"),
        (read_files, "decorators_anna.py", "anna", "decorators", "decorators.py"),
        (read_files, "decorators-anna_lee.py", "anna_lee", "decorators", "decorators.py"),
        (
            *(read_files, "anna_list_comprehensions.py"),
            *("anna", "list_comprehensions", "list_comprehensions.py"),
        ),
        (read_exercises, "decorators/anna.py", "anna", "decorators", "decorators.py"),
        (read_exercises, "decorators/anna/decorators.py", "anna", "decorators", "decorators.py"),
        (read_exercises, "blog/anna/views/posts.py", "anna", "blog", "views/posts.py"),
        (read_canvas, "leeanna_12_345_decorators.py", "12", "decorators", "decorators.py"),
        (read_canvas, "anon_Ab1_345_decorators.py", "Ab1", "decorators", "decorators.py"),
        (
            read_moodle,
            *("Anna Lee_12_assignsubmission_file/decorators.py",),
            *("12", "decorators", "decorators.py"),
        ),
        (
            read_moodle,
            *("Anna Lee_12_assignsubmission_file_/exercises/blog/app.py",),
            *("12", "blog", "app.py"),
        ),
        (
            read_moodle,
            *("Anna Lee_12_assignsubmission_file_decorators.py",),
            *("12", "decorators", "decorators.py"),
        ),
        (
            read_moodle,
            *("Participant_12_assignsubmission_file/iterators.py",),
            *("12", "iterators", "iterators.py"),
        ),
        (
            read_classroom50,
            *("cs1-decorators-anna-lee/decorators.py",),
            *("anna-lee", "decorators", "decorators.py"),
        ),
        (
            read_classroom50,
            *("CS1-list-comprehensions-Anna/exercises/list_comprehensions.py",),
            *("Anna", "list_comprehensions", "list_comprehensions.py"),
        ),
        (read_classroom50, "iterators-anna/iterators.py", "anna", "iterators", "iterators.py"),
        (read_classroom50, "cs1-blog-anna/app.py", "anna", "blog", "app.py"),
        (read_classroom50, "cs1-blog-anna_corp/blog/app.py", "anna_corp", "blog", "app.py"),
    ],
)
def test_a_name_says_whose_it_is_and_for_what(
    read: Read, name: str, student: str, exercise: str, file: str
) -> None:
    assert ways(read(name, ANY)) == [(student, exercise, file)]


@pytest.mark.parametrize(
    ("read", "name", "reason"),
    [
        (read_students, "decorators.py", "It lies in no student's folder."),
        (read_students, "exercises/decorators.py", "Its folder is named for exercises"),
        (read_students, "decorators/iterators.py", "Its folder is named for exercises"),
        (read_students, "anna/main.py", "Its name fits no exercise."),
        (read_students, "anna/Decorators.py", "Its name fits no exercise."),
        (read_students, "anna/decorators.py/x", "Its name fits no exercise."),
        (read_students, "anna/deep/decorators.py", "Its name fits no exercise."),
        (read_students, "anna/blog/conftest.py", "Its name fits no exercise."),
        (read_students, "anna/app.py", "Its name fits no exercise."),
        (read_files, "anna/decorators.py", "It is no Python file at the top."),
        (read_files, "decorators.py", "Its name fits no exercise."),
        (read_files, "_decorators.py", "Its name fits no exercise."),
        (read_files, "annadecorators.py", "Its name fits no exercise."),
        (read_files, "anna_decorators.txt", "It is no Python file at the top."),
        (read_files, "anna_blog.py", "Its name fits no exercise."),
        (read_exercises, "anna/decorators.py", "It lies in no exercise's folder."),
        (read_exercises, "decorators", "It lies in no exercise's folder."),
        (read_exercises, "decorators/notes.txt", "Its name fits no exercise."),
        (read_exercises, "decorators/conftest.py", "Its name fits no exercise."),
        (read_exercises, "blog/anna.py", "Its name fits no exercise."),
        (read_canvas, "anna_decorators.py", "Its name is none that Canvas gives."),
        (read_canvas, "x/leeanna_12_345_decorators.py", "Its name is none that Canvas gives."),
        (read_canvas, "leeanna_12_345_mine.py", "Its name fits no exercise."),
        (read_canvas, "leeanna_12_text.html", "It is a text typed into Canvas and no file."),
        (read_canvas, "leeanna_12_link.html", "It is a link to a page and no file."),
        (read_moodle, "anna/decorators.py", "Its name is none that Moodle gives."),
        (
            *(read_moodle, "Anna Lee_12_assignsubmission_onlinetext/onlinetext.html"),
            "It is a text typed into Moodle and no file.",
        ),
        (read_classroom50, "scores.csv", "It lies in no repository."),
        (read_classroom50, "cs1-decorators-anna/iterators.py", "Its name does not fit"),
        (read_classroom50, "cs1-decorators-anna/result.json", "Its name does not fit"),
        (read_classroom50, "anna/decorators.py", "Its folder is not named for a student."),
    ],
)
def test_a_name_that_says_too_little_gets_a_reason(read: Read, name: str, reason: str) -> None:
    reading = read(name, ANY)
    assert reading.claims == ()
    assert reading.reason.startswith(reason)


@pytest.mark.parametrize(
    ("read", "name", "known", "claim"),
    [
        (read_students, "anna/my work.py", ONLY_DECORATORS, ("anna", "decorators.py", False)),
        (read_students, "anna/decorators.py", ONLY_DECORATORS, ("anna", "decorators.py", True)),
        (read_students, "anna/app.py", ONLY_BLOG, ("anna", "app.py", True)),
        (read_files, "anna.py", ONLY_DECORATORS, ("anna", "decorators.py", True)),
        (read_files, "anna_decorators.py", ONLY_DECORATORS, ("anna", "decorators.py", True)),
        (read_canvas, "leeanna_1_2_hw 1.py", ONLY_DECORATORS, ("1", "decorators.py", False)),
        (read_canvas, "leeanna_1_2_app.py", ONLY_BLOG, ("1", "app.py", True)),
        (
            *(read_moodle, "A B_1_assignsubmission_file/views/posts.py", ONLY_BLOG),
            ("1", "views/posts.py", True),
        ),
        (
            *(read_classroom50, "cs-decorators-anna/main.py", ONLY_DECORATORS),
            ("anna", "decorators.py", False),
        ),
    ],
)
def test_where_the_exercise_was_named_a_file_may_have_any_name(
    read: Read, name: str, known: Known, claim: tuple[str, str, bool]
) -> None:
    (found,) = read(name, known).claims
    assert (found.student, found.file, found.is_exact) == claim


@pytest.mark.parametrize(
    ("read", "name", "known"),
    [
        (read_files, "anna_iterators.py", ONLY_DECORATORS),
        (read_exercises, "iterators/anna.py", ONLY_DECORATORS),
        (read_classroom50, "cs-iterators-anna/iterators.py", ONLY_DECORATORS),
        (read_students, "anna/conftest.py", ONLY_DECORATORS),
        (read_students, "anna/tests/mine.py", ONLY_DECORATORS),
        (read_students, "anna/notes.txt", ONLY_DECORATORS),
        (read_students, "anna/.py", ONLY_DECORATORS),
        (read_students, "anna/main.py", ONLY_BLOG),
        (read_files, "anna.py", ONLY_BLOG),
    ],
)
def test_not_even_then_does_a_file_for_something_else_fit(
    read: Read, name: str, known: Known
) -> None:
    assert read(name, known).claims == ()


def test_a_name_with_two_exercises_can_be_read_in_two_ways() -> None:
    assert ways(read_files("decorators_iterators.py", ANY)) == [
        ("iterators", "decorators", "decorators.py"),
        ("decorators", "iterators", "iterators.py"),
    ]


def test_a_repository_for_no_exercise_gives_every_user_that_it_may_be_of() -> None:
    reading = read_classroom50("cs-week1-anna/decorators.py", ANY)
    assert [one.student for one in reading.claims] == ["week1-anna", "anna"]
    assert not reading.is_sure


@pytest.mark.parametrize(
    "folder", ["cs-week1_submissions_2026_05_09_T_14_30_45", "CS-week1-submissions"]
)
def test_the_folder_of_a_download_says_where_the_user_begins(folder: str) -> None:
    reading = read_classroom50("cs-week1-anna-lee/decorators.py", Known(EXERCISES, folder=folder))
    assert ways(reading) == [("anna-lee", "decorators", "decorators.py")]
    assert reading.is_sure


def test_the_folder_of_a_download_may_name_the_exercise() -> None:
    known = Known(EXERCISES, folder="cs-decorators_submissions_2026")
    assert ways(read_classroom50("cs-decorators-iterators-fan/decorators.py", known)) == [
        ("iterators-fan", "decorators", "decorators.py")
    ]
    assert read_classroom50("cs-decorators-anna/iterators.py", known).claims == ()


@pytest.mark.parametrize(
    ("name", "late"),
    [
        ("leeanna_LATE_12_345_decorators.py", True),
        ("LATE_anon_Ab1_345_decorators.py", True),
        ("leeanna_LATE_12_text.html", True),
        ("leeanna_12_345_decorators.py", False),
        ("leeanna_12_345_LATE_decorators.py", False),
    ],
)
def test_canvas_says_in_the_name_what_is_late(name: str, late: bool) -> None:
    assert read_canvas(name, ANY).is_late is late


@pytest.mark.parametrize(
    ("file", "claim"),
    [
        ("decorators-1.py", Claim("12", "decorators", "decorators.py", attempt=1)),
        ("decorators-12.py", Claim("12", "decorators", "decorators.py", attempt=12)),
        ("decorators.py", Claim("12", "decorators", "decorators.py")),
    ],
)
def test_the_number_that_canvas_adds_is_no_part_of_the_name(file: str, claim: Claim) -> None:
    assert read_canvas(f"leeanna_12_345_{file}", ANY).claims == (claim,)


def test_a_number_in_a_name_that_is_the_students_own_choice_is_none_of_canvas() -> None:
    (claim,) = read_canvas("leeanna_12_345_part-2.py", ONLY_DECORATORS).claims
    assert (claim.attempt, claim.is_exact) == (0, False)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (read_canvas, "mallory_12_345_bob_99_678_decorators.py"),
        (read_canvas, "mallory_12_345_99_678_decorators.py"),
        (read_moodle, "Mallory_12_assignsubmission_file_Bob_99_assignsubmission_file_x.py"),
        (read_moodle, "Mallory_12_assignsubmission_file/Bob_99_assignsubmission_file/x.py"),
        (read_students, "12/bob_99_678_decorators.py"),
        (read_students, "12/99/decorators.py"),
    ],
)
def test_what_a_student_calls_a_file_makes_it_nobody_elses(read: Read, name: str) -> None:
    reading = read(name, ONLY_DECORATORS)
    assert {one.student for one in reading.claims} | {reading.student} == {"12"}


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (read_canvas, "leeanna_12_345_decorators.zip"),
        (read_canvas, "leeanna_12_345_work.TAR.GZ"),
        (read_moodle, "Anna_12_assignsubmission_file/work.zip"),
        (read_students, "anna/work.7z"),
    ],
)
def test_an_archive_is_not_opened_and_known_as_one(read: Read, name: str) -> None:
    reading = read(name, ONLY_DECORATORS)
    assert reading.is_archive
    assert reading.student


def test_two_exercises_with_a_file_of_one_name_are_both_meant() -> None:
    one, other = (Exercise(**(vars(ITERATORS) | {"id": name})) for name in ("one", "other"))
    reading = read_students("anna/iterators.py", Known((one, other)))
    assert [claim.exercise for claim in reading.claims] == ["one", "other"]


PIECES = (
    *("anna", "_", "-", "/", "12", "LATE_", "anon_", "decorators", "app", ".py", "blog"),
    *("exercises/", "_assignsubmission_file", "\0", "\x1b", "=", "..", "é", ""),
)


@given(
    st.sampled_from(LAYOUTS),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30),
    st.sampled_from([ANY, ONLY_DECORATORS, ONLY_BLOG]),
)
def test_any_name_gives_claims_on_real_files_or_a_reason(
    layout: Layout, name: str, known: Known
) -> None:
    reading = layout.read(name, known)
    files = {(exercise.id, file) for exercise in EXERCISES for file in exercise.files}
    assert bool(reading.claims) is not bool(reading.reason)
    assert {(one.exercise, one.file) for one in reading.claims} <= files
    assert all(one.student and one.student in name for one in reading.claims)
