"""Moodle: the teacher's own worksheet with cells filled in and every other byte as it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import Student
from grader.errors import UsageError
from grader.reports.moodle import feedback_name, fill
from reports.small_class import ADA, BOB, FAILED, PASSED, grade_of, record_of, small_class

# As mod/assign/gradingtable.php of Moodle writes it, after a byte order mark.
WORKSHEET = (
    '\ufeffIdentifier,"Full name","Email address",Status,Group,Grade,"Maximum Grade",'
    '"Grade can be changed","Last modified (submission)","Last modified (grade)",'
    '"Feedback comments"\n'
    '"Participant 101","Lovelace, Ada",ada@example.org,"Submitted for grading - ","Group 1",,5.00,'
    'Yes,"Monday, 1 June 2026, 2:32 PM",-,\n'
    '"Participant 102",Bob,bob@example.org,"Submitted for grading - ","Group 1","1.00",5.00,'
    'Yes,"Monday, 1 June 2026, 2:40 PM","Tuesday, 2 June 2026, 9:00 AM","<p>Good, but ...</p>"\n'
    '"Participant 103",Cy,cy@example.org,"No submission","Group 2",,5.00,Yes,-,-,\n'
).encode()


def test_points_go_into_their_cells_and_every_other_byte_stays() -> None:
    record = record_of(grade_of(ADA, PASSED, FAILED), grade_of(BOB, PASSED, FAILED))
    filled = fill(WORKSHEET, record, "decorators")
    assert filled.content == WORKSHEET.replace(b'1",,5.00', b'1",3,5.00').replace(b'"1.00"', b'"3"')
    assert filled.filled == 2
    assert filled.notes == (
        "dee is not in the file.",
        "decorators: other points stood there, and were replaced: Bob (bob).",
        "decorators: left as it was, because nothing was handed in: Cy (cy).",
    )


def test_what_is_not_graded_keeps_its_cell() -> None:
    filled = fill(WORKSHEET, record_of(*small_class().grades[2:]), "decorators")
    assert filled.content == WORKSHEET
    assert any("not graded" in note and "Bob (bob), Cy (cy)" in note for note in filled.notes)


def test_the_time_of_the_last_change_is_never_touched() -> None:
    filled = fill(WORKSHEET, small_class(), "decorators")
    assert b'"Tuesday, 2 June 2026, 9:00 AM","<p>Good, but ...</p>"' in filled.content
    assert b'2:32 PM",-,\n' in filled.content


def test_points_are_scaled_to_each_rows_maximum_grade() -> None:
    worksheet = WORKSHEET.replace(b"5.00", b"100.00", 1)
    filled = fill(worksheet, small_class(), "decorators")
    assert b'"Group 1",60.00,100.00' in filled.content
    assert "decorators: scaled from 5 points to 100: Lovelace, Ada (ada)." in filled.notes


def test_a_decimal_comma_is_kept_to() -> None:
    worksheet = WORKSHEET.replace(b"5.00", b'"7,00"')
    assert b'"Group 1","4,20","7,00"' in fill(worksheet, small_class(), "decorators").content


@pytest.mark.parametrize(
    ("identifier", "grade"),
    [
        ("Identifikation", "Bewertung"),
        ("Identifiant", "Note"),
        ("Identificador", "Calificación"),
        ("Идентификатор", "Оценка"),
        ("識別子", "some word that is not known"),
    ],
)
def test_the_header_can_be_in_any_language(identifier: str, grade: str) -> None:
    worksheet = (
        WORKSHEET.decode().replace("Identifier", identifier).replace(",Grade,", f",{grade},")
    )
    worksheet = worksheet.replace("Participant ", "Teilnehmer/in")
    filled = fill(worksheet.encode(), small_class(), "decorators")
    assert filled.content == worksheet.replace('1",,5.00', '1",3,5.00').encode()


def test_the_grade_column_can_be_named() -> None:
    worksheet = WORKSHEET.replace(b",Grade,", b",Punkte,")
    filled = fill(worksheet, small_class(), "decorators", grade_column="Punkte")
    assert b'"Group 1",3,5.00' in filled.content
    with pytest.raises(UsageError, match="which column of the worksheet is for Noten"):
        fill(worksheet, small_class(), "decorators", grade_column="Noten")


def test_two_columns_that_could_be_meant_are_refused_until_one_is_named() -> None:
    lines = [
        *("Identifier,A,B,C,D", "Participant 101,,5.00,,5.00", "Participant 102,,5.00,,5.00"),
    ]
    worksheet = ("\n".join(lines) + "\n").encode()
    with pytest.raises(UsageError, match=r"There is: Identifier, A, B, C, D"):
        fill(worksheet, small_class(), "decorators")
    filled = fill(worksheet, small_class(), "decorators", grade_column="C")
    assert b"Participant 101,,5.00,3,5.00" in filled.content


@pytest.mark.parametrize(
    ("worksheet", "said"),
    [
        (b"", "no rows below its header"),
        (b"Identifier,Grade\n", "no rows below its header"),
        (WORKSHEET.replace(b"Participant ", b""), "no column in which each row has a number"),
        (WORKSHEET.replace(b"5.00", b"Default scale"), "does the assignment have a scale"),
        (WORKSHEET[:-1] + b'"', "the worksheet:4: a quote is opened and never closed"),
        (b"\xff" + WORKSHEET, "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_worksheet_is_refused(worksheet: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        fill(worksheet, small_class(), "decorators")


def test_an_exercise_that_is_not_the_classs_is_refused() -> None:
    with pytest.raises(UsageError, match="lists is no exercise of the class"):
        fill(WORKSHEET, small_class(), "lists")


@pytest.mark.parametrize(
    "student",
    [ADA, Student("101"), Student("x", email="Ada@example.org"), Student("x", system_id="101")],
)
def test_a_student_is_found_by_number_or_address(student: Student) -> None:
    record = record_of(grade_of(student, PASSED, FAILED), students=(student,))
    assert b'"Group 1",3,5.00' in fill(WORKSHEET, record, "decorators").content


def test_a_student_is_never_found_by_name() -> None:
    student = Student("x", "Lovelace, Ada")
    filled = fill(
        WORKSHEET, record_of(grade_of(student, PASSED), students=(student,)), "decorators"
    )
    assert filled.content == WORKSHEET
    assert filled.notes == ("Lovelace, Ada (x) is not in the file.",)


def test_an_address_twice_in_the_file_is_nobodys() -> None:
    worksheet = WORKSHEET.replace(b"bob@", b"ada@")
    student = Student("x", email="ada@example.org")
    filled = fill(
        worksheet, record_of(grade_of(student, PASSED), students=(student,)), "decorators"
    )
    assert filled.content == worksheet
    assert filled.notes == ("x fits 2 rows of the file; none of them was filled.",)


@given(st.text(st.characters() | st.sampled_from('=+-@,;"\r\n\0\udcff'), max_size=20))
def test_nothing_of_a_students_text_gets_into_the_file(text: str) -> None:
    student = replace(ADA, name=text, email=text, section=text)
    test = replace(FAILED, message=text, title=text, got=text)
    record = record_of(grade_of(student, PASSED, test), students=(student,))
    filled = fill(WORKSHEET, record, "decorators")
    assert filled.content == WORKSHEET.replace(b'1",,5.00', b'1",3,5.00')
    assert all(note.isprintable() for note in filled.notes)


# Names of feedback files


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("Ada Lovelace_101_assignsubmission_file/decorators.py", "Ada Lovelace"),
        ("x/Ada Lovelace_101_assignsubmission_file_/exercises/decorators.py", "Ada Lovelace"),
        ("Ada_101_assignsubmission_file_decorators.py", "Ada"),
        ("Jürgen O'Neil_101_assignsubmission_file/a.py", "Jürgen O Neil"),
        ("ada/decorators.py", "Lovelace Ada"),
        ("", "Lovelace Ada"),
    ],
)
def test_a_feedback_file_lies_in_the_students_folder(place: str, name: str) -> None:
    expected = f"{name}_101_assignsubmission_file_/feedback.html"
    assert feedback_name(grade_of(ADA, PASSED, place=place), ADA) == expected


def test_without_a_number_there_is_no_such_name() -> None:
    student = Student("ada", "Ada")
    assert feedback_name(grade_of(student, PASSED), student) == ""
    assert feedback_name(grade_of(Student("7"), PASSED), Student("7")).startswith("Participant_7_")


@given(st.text(st.characters() | st.sampled_from("_/.~\\\0\n1"), max_size=100))
def test_moodle_finds_the_number_in_any_such_name(text: str) -> None:
    student = replace(ADA, name=text)
    name = feedback_name(grade_of(student, PASSED), student)
    folder, file = name.split("/")
    # As is_valid_filename_for_import in mod/assign/feedback/file/importziplib.php looks for it.
    assert folder.split("_", 4)[1:] == ["101", "assignsubmission", "file", ""]
    assert file == "feedback.html"
    assert not folder.startswith((".", "~"))
    assert folder.isprintable()
