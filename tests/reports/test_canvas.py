"""Canvas: the instructor's own export with cells filled in and every other byte as it was."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import ClassRecord, Student
from grader.errors import UsageError
from grader.reports.canvas import feedback_name, fill
from reports.small_class import ADA, BOB, FAILED, PASSED, grade_of, record_of, small_class

BOM = b"\xef\xbb\xbf"
# As lib/gradebook_exporter.rb of Canvas writes it.
EXPORT = (
    b"Student,ID,SIS User ID,SIS Login ID,Section,Notes,decorators (9001),Generators (9002),"
    b"Essay (9003),Current Score,Unposted Final Score\r\n"
    b",,,,,,,Manual Posting,,,\r\n"
    b"    Points Possible,,,,,,5.00,10.00,20.00,(read only),(read only)\r\n"
    b'"Lovelace, Ada",101,ada,ada@example.org,A,"said ""hi""",,"",17.50,80.00,80.00\r\n'
    b"Bob,102,bob,bob@example.org,B,,4.00,2.00,,,\r\n"
    b'Cy,103,cy,cy@example.org,"A\nand B",,,EX,12.00,,\r\n'
    b'Dee,104,dee,dee@example.org,A,,,,"",,\r\n'
    b'"Student, Test",999,,abc123,A,,1.00,,,,\r\n'
)


def cells_of(content: bytes) -> list[list[str]]:
    """Return what the csv module reads."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_points_go_into_their_cells_and_every_other_byte_stays() -> None:
    filled = fill(EXPORT, small_class())
    assert filled.content == EXPORT.replace(
        b'"said ""hi""",,"",17.50', b'"said ""hi""",3,"10.00",17.50'
    )
    assert filled.filled == 2


def test_it_says_what_it_left_alone_and_what_it_scaled() -> None:
    assert fill(EXPORT, small_class()).notes == (
        "decorators: left as it was, because it is not graded, through no fault of the submission: "
        "Bob (bob), Cy (cy).",
        "decorators: left as it was, because nothing was handed in: dee.",
        "generators: scaled from 3 points to 10: Lovelace, Ada (ada).",
        "generators: left as it was, because what was handed in was refused: Bob (bob).",
        "generators: left as it was, because nothing was handed in: Cy (cy), dee.",
    )


def test_an_excused_student_stays_excused() -> None:
    cy = replace(small_class().students[2])
    filled = fill(EXPORT, record_of(grade_of(cy, PASSED, exercise="generators")))
    assert filled.content == EXPORT
    assert any("excused (EX): Cy (cy)" in note for note in filled.notes)


def test_filling_twice_changes_nothing_more() -> None:
    once = fill(EXPORT, small_class())
    assert fill(once.content, small_class()) == replace(once)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_mark_line_ends_and_quotes_stay(line_end: bytes, mark: bytes) -> None:
    export = mark + EXPORT.replace(b"\r\n", line_end)
    content = fill(export, small_class()).content
    assert content == export.replace(b'"said ""hi""",,""', b'"said ""hi""",3,"10.00"')


def test_decimal_commas_between_semicolons_stay_what_they_are() -> None:
    export = (
        b'Student;ID;Section;decorators (1)\n    Points Possible;;;7,00\n"Lovelace; Ada";101;A;\n'
    )
    filled = fill(export, small_class())
    assert filled.content == export.replace(b"101;A;", b"101;A;4,20")


def test_a_decimal_comma_between_commas_gets_quotes() -> None:
    export = b'Student,ID,Section,decorators (1)\nPoints Possible,,,"7,00"\nAda,101,A,\n'
    assert fill(export, small_class()).content == export.replace(b"101,A,", b'101,A,"4,20"')


@pytest.mark.parametrize("name", ["Generators (9002)", "Generators", "9002"])
def test_a_column_can_be_named_by_its_title_or_number(name: str) -> None:
    record = record_of(grade_of(ADA, PASSED, FAILED))
    filled = fill(EXPORT, record, {"decorators": name})
    assert filled.content == EXPORT.replace(b'"said ""hi""",,""', b'"said ""hi""",,"6.00"')
    assert filled.filled == 1


@pytest.mark.parametrize(
    ("assignments", "said"),
    [
        ({"decorators": "Quiz"}, "no columns of the gradebook are called Quiz"),
        ({"lists": "9001"}, "lists is no exercise of the class"),
        ({"decorators": "9001", "generators": "9001"}, "have the same column"),
        ({"decorators": "Current Score"}, "no columns"),
        ({"decorators": "Section"}, "no columns"),
    ],
)
def test_a_column_that_is_not_there_is_refused(assignments: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        fill(EXPORT, small_class(), assignments)


def test_two_columns_that_could_be_meant_are_left_alone_and_named() -> None:
    export = EXPORT.replace(b"Essay (9003)", b"decorators (9003)")
    filled = fill(export, small_class())
    assert filled.filled == 1
    assert filled.notes[0] == (
        "decorators: 2 columns have its id or its title, so nothing was filled in for it; name its "
        "column."
    )
    with pytest.raises(UsageError, match="2 columns of the gradebook are called decorators"):
        fill(export, small_class(), {"decorators": "decorators"})


def test_without_any_column_it_says_which_there_are() -> None:
    export = EXPORT.replace(b"decorators", b"x").replace(b"Generators", b"y")
    with pytest.raises(UsageError, match=r"It has: Notes, x \(9001\), y \(9002\), Essay"):
        fill(export, small_class())


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (b"", "does not begin with the columns Student and ID"),
        (b"a,b\n1,2\n", "does not begin with the columns Student and ID"),
        (b"Student,ID,Section,decorators (1)\nAda,101,A,\n", 'no row "Points Possible"'),
        (EXPORT.replace(b"5.00", b""), "how many points"),
        (EXPORT.replace(b'"A\nand B"', b'"A\nand B'), "the gradebook:"),
        (EXPORT.decode().encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_no_export_is_refused(export: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        fill(export, small_class())


def test_first_and_last_names_in_columns_of_their_own_are_an_export_too() -> None:
    export = b"LastName,FirstName,ID,Section,decorators (1)\nPoints Possible,,,,5\nL,Ada,101,A,\n"
    assert fill(export, small_class()).content.endswith(b"L,Ada,101,A,3\n")


@pytest.mark.parametrize(
    "student",
    [
        ADA,
        replace(ADA, system_id=""),
        Student("x", email="ADA@example.org"),
        Student("101", "Nobody"),
    ],
)
def test_a_student_is_found_by_number_id_login_or_address(student: Student) -> None:
    record = record_of(grade_of(student, PASSED, FAILED), students=(student,))
    assert b'"said ""hi""",3,' in fill(EXPORT, record).content


def test_a_student_is_never_found_by_name() -> None:
    student = Student("x", "Lovelace, Ada", "other@example.org")
    filled = fill(EXPORT, record_of(grade_of(student, PASSED), students=(student,)))
    assert filled.content == EXPORT
    assert filled.notes == ("Lovelace, Ada (x) is not in the file.",)


def test_a_number_twice_in_the_file_is_nobodys() -> None:
    filled = fill(EXPORT.replace(b",102,", b",101,"), record_of(grade_of(ADA, PASSED, FAILED)))
    assert filled.filled == 0
    assert "Lovelace, Ada (ada) fits 2 rows of the file; none of them was filled." in filled.notes


@given(st.text(st.characters() | st.sampled_from('=+-@,;"\r\n\0\udcff'), max_size=20))
def test_nothing_of_a_students_text_gets_into_the_file(text: str) -> None:
    student = replace(ADA, name=text, email=text, section=text)
    test = replace(FAILED, message=text, title=text, got=text)
    record = ClassRecord(text, small_class().topics, (student,), (grade_of(student, PASSED, test),))
    filled = fill(EXPORT, record)
    assert filled.content == EXPORT.replace(b'"said ""hi""",,', b'"said ""hi""",3,')
    assert all(note.isprintable() for note in filled.notes)


@given(
    st.lists(
        st.sampled_from(["", "-", "EX", "N/A", "3.00", "7", "=1", "x"]), min_size=3, max_size=3
    )
)
def test_whatever_stood_there_only_the_cells_of_the_graded_change(before: list[str]) -> None:
    lines = "".join(f"S,{100 + row},A,{text},z\n" for row, text in enumerate(before, 1))
    export = f"Student,ID,Section,decorators (1),b (2)\nPoints Possible,,,5,1\n{lines}".encode()
    record = record_of(grade_of(ADA, PASSED, FAILED), grade_of(BOB, PASSED, FAILED))
    after = cells_of(fill(export, record).content)
    for row, (old, new) in enumerate(zip(cells_of(export), after, strict=True)):
        assert old[:3] + old[4:] == new[:3] + new[4:]
        is_ours = row in (2, 3) and old[3] in ("", "-", "3.00", "7")
        assert new[3] == (old[3] if not is_ours or old[3] == "3.00" else "3")


# Names of feedback files


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("lovelaceada_101_5_decorators.py", "lovelaceada_101_5_decorators.py"),
        ("sub/lovelaceada_LATE_101_5_my_1_file-2.py", "lovelaceada_101_5_my_1_file-2.py"),
        ("lovelaceada_101_5_a b\x1b\u202e.py", "lovelaceada_101_5_a-b--.py"),
        ("-x_101_5_a.py", "x_101_5_a.py"),
        ("-_101_5_a.py", "student_101_5_a.py"),
        ("ada/decorators.py", ""),
        ("anon_101_5_a.py", ""),
        ("LATE_anon_101_5_a.py", ""),
        ("lovelaceada_101_text.html", ""),
        ("lovelaceada_102_5_decorators.py", ""),
        ("", ""),
    ],
)
def test_a_feedback_file_is_named_as_the_download_named_the_students(place: str, name: str) -> None:
    assert feedback_name(grade_of(ADA, PASSED, place=place), ADA) == name


@given(st.text(st.characters() | st.sampled_from("_/.\\1234567890"), max_size=20))
def test_canvas_finds_student_and_attachment_in_any_such_name(file: str) -> None:
    name = feedback_name(grade_of(ADA, PASSED, place=f"lovelaceada_101_5_x{file}"), ADA)
    if "/" in file:
        return
    # As infer_comment_context_from_filename in app/models/assignment.rb of Canvas looks for them.
    numbers = [part for part in name.split("_") if part.isascii() and part.isdigit()]
    assert numbers[:2] == ["101", "5"]
    assert "/" not in name
    assert name.isprintable()
