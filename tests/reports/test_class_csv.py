"""The table of a class: a line for each student and exercise, and no points for what has none."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import ClassRecord, Topic
from grader.reports.class_csv import COLUMNS, render
from reports.small_class import ADA, record_of, small_class, with_texts

any_text = st.text(st.characters() | st.sampled_from("=+-@\t\r\n\0\",;'\udcff"), max_size=20)


def rows_of(record: ClassRecord) -> list[dict[str, str]]:
    """Return the rows as a program reads them."""
    return list(csv.DictReader(io.StringIO(render(record)), strict=True))


def test_there_is_a_row_for_each_student_and_exercise_in_order() -> None:
    rows = rows_of(small_class())
    assert [(row["id"], row["exercise"]) for row in rows] == [
        (student, exercise)
        for student in ("ada", "bob", "cy", "dee")
        for exercise in ("decorators", "generators")
    ]
    assert render(small_class()).splitlines()[0] == ",".join(COLUMNS)


def test_a_grade_has_points_and_all_that_is_known_of_the_student() -> None:
    assert rows_of(small_class())[0] == {
        "id": "ada",
        "name": "Lovelace, Ada",
        "email": "ada@example.org",
        "section": "A",
        "exercise": "decorators",
        "points": "3",
        "max_points": "5",
        "verdict": "not_all_points",
        "late": "yes",
        "graded_at": "2026-06-01T14:32:05Z",
        "reason": "",
    }


def test_what_is_not_graded_has_no_points_but_a_reason() -> None:
    on_the_way, as_a_whole = (rows_of(small_class())[index] for index in (2, 4))
    assert (on_the_way["points"], on_the_way["verdict"]) == ("", "not_graded")
    assert (as_a_whole["points"], as_a_whole["max_points"]) == ("", "5")
    assert "through no fault" in on_the_way["reason"]
    assert as_a_whole["reason"].endswith("the engine does not answer")


def test_missing_and_refused_are_told_apart() -> None:
    rows = rows_of(small_class())
    assert [row["verdict"] for row in rows[3:8:2]] == ["refused", "missing", "missing"]
    assert rows[3]["reason"] == "It is a link, and links are not followed."
    assert {row["points"] for row in rows if row["verdict"] == "missing"} == {""}
    assert rows[7]["max_points"] == "3"


def test_where_the_points_are_not_known_the_cell_is_empty() -> None:
    (row,) = rows_of(record_of(topics=(Topic("lists", "Lists"),), students=(ADA,)))
    assert row["max_points"] == ""


@given(any_text)
def test_no_text_is_a_formula_or_breaks_the_table(text: str) -> None:
    rows = rows_of(with_texts(text))
    assert [(row["id"], row["exercise"]) for row in rows] == [
        ("ada", "decorators"),
        ("ada", "generators"),
    ]
    for row in rows:
        assert None not in row
        assert all(not cell.lstrip(" ").startswith(tuple("=+-@\t\r")) for cell in row.values())
        assert (row["points"], row["max_points"]) in {("0", "1"), ("", "3")}
