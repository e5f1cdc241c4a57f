"""A file for each grade, under names that are safe and that nobody shares."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import Student
from grader.reports.many import files_of
from reports.small_class import PASSED, grade_of, record_of, small_class

ids = st.text(st.characters() | st.sampled_from("./\\-\0\n\udcff"), min_size=1, max_size=8)


@given(st.lists(ids, min_size=1, max_size=4, unique=True))
def test_no_id_leaves_the_folder_or_takes_the_place_of_another(found: list[str]) -> None:
    students = tuple(map(Student, found))
    record = record_of(*(grade_of(one, PASSED) for one in students), students=students)
    names = [name for name, _ in files_of(record, "results.json", lambda grade: grade.student[:0])]
    assert len(set(names)) == len(found)
    for name in names:
        parts = PurePosixPath(name).parts
        assert parts[1:] == ("decorators", "results.json")
        assert parts[0].isascii()
        assert not parts[0].startswith((".", "-"))


def test_the_order_is_that_of_students_and_exercises_whatever_that_of_the_grades() -> None:
    record = small_class()
    turned = record_of(*reversed(record.grades))
    names = [name for name, _ in files_of(record, "x", lambda grade: grade.exercise)]
    assert [name for name, _ in files_of(turned, "x", lambda grade: grade.exercise)] == names
