"""The gradebook, on both databases: what was stored is there, once, and the newest stands."""

import json
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from filed import BEGINNING, BROKEN, RIGHT, WRONG, filed, key, of_test, print_of, result_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select, text, update

from grader.classroom import ClassRecord, Refusal, Student, Topic
from grader.errors import GraderError
from grader.gradebook import Filed, Gradebook, open_gradebook
from grader.gradebook.tables import grades, submissions
from grader.outcomes import Outcome

ANNA = Student("anna", "Anna A.", "anna@example.org", "1", "17")
BOB = Student("bob", "Bob B.")
SMALL = Topic("small", "Small", "L1", 3)
OTHER = Topic("other", "Other", "L2", 5)

# What a path, a file's name or a message of a submission may hold.
ODD = "a\0b\ud800c\\u0041\\\u202e\n'\";--é\U0001f600"


def numbers(record: ClassRecord) -> list[tuple[str, str, int]]:
    """Return the student, exercise and points of each grade that stands."""
    return [(grade.student, grade.exercise, grade.result.points) for grade in record.grades]


def count_of(book: Gradebook, column: object) -> int:
    """Return the number of rows of a table, by one of its columns."""
    with book._database.reading() as connection:
        found: int = connection.scalar(select(func.count(column)))
        return found


def test_a_new_gradebook_is_empty(book: Gradebook) -> None:
    assert book.class_record("Class") == ClassRecord("Class", (), (), ())
    assert book.history("anna", "small") == ()
    assert list(book.standing()) == []
    assert book.known([key()]) == set()
    assert book.examples("small", print_of(0)) == {}


def test_what_was_stored_is_there_when_the_gradebook_is_opened_again(where: str) -> None:
    given_at = BEGINNING.astimezone(timezone(timedelta(hours=5)))
    with open_gradebook(where) as book:
        book.enrol([ANNA])
        book.note_topics([SMALL])
        entry = filed(key(), WRONG, is_late=True, tried=print_of(5))
        assert book.store(replace(entry, graded_at=given_at)) is True
    with open_gradebook(where) as book:
        record = book.class_record("Class")
    assert (record.students, record.topics) == ((ANNA,), (SMALL,))
    (grade,) = record.grades
    assert (grade.student, grade.exercise, grade.result) == ("anna", "small", WRONG)
    assert (grade.graded_at, grade.graded_at.utcoffset()) == (BEGINNING, timedelta(0))
    assert (grade.files, grade.is_late, grade.place) == (entry.files, True, "anna/small.py")
    assert (grade.fingerprint, grade.repeat, grade.tried) == (print_of(0), 0, print_of(5))


def test_the_same_key_again_changes_nothing(book: Gradebook) -> None:
    book.store(filed(key(), WRONG))
    before = book.class_record()
    assert book.store(filed(key(), RIGHT, minutes=5, is_late=True, place="other")) is False
    assert book.class_record() == before
    assert len(book.history("anna", "small")) == 1


@pytest.mark.parametrize("second", [RIGHT, BROKEN])
def test_what_was_not_graded_is_replaced(book: Gradebook, second: object) -> None:
    assert book.store(filed(key(), BROKEN)) is True
    assert book.store(filed(key(), second, minutes=1)) is True
    (grade,) = book.history("anna", "small")
    assert (grade.result, grade.graded_at) == (second, BEGINNING + timedelta(minutes=1))
    assert book.class_record().grades == (grade,)


def test_a_number_is_never_given_again(book: Gradebook) -> None:
    book.store(filed(key(), BROKEN))
    (before,) = book.history("anna", "small")
    book.store(filed(key(), RIGHT))
    (after,) = book.history("anna", "small")
    assert after.number > before.number


def test_the_newest_grade_stands_and_all_are_history(book: Gradebook) -> None:
    for number, result in enumerate([RIGHT, WRONG, BROKEN]):
        book.store(filed(key(number=number), result, minutes=number))
    assert [grade.result for grade in book.class_record().grades] == [BROKEN]
    history = book.history("anna", "small")
    assert [grade.result for grade in history] == [RIGHT, WRONG, BROKEN]
    assert [grade.number for grade in history] == sorted({grade.number for grade in history})


def test_a_repeat_is_a_grade_of_its_own(book: Gradebook) -> None:
    book.store(filed(key(), RIGHT))
    assert book.store(filed(key(repeat=1), WRONG)) is True
    assert len(book.history("anna", "small")) == 2
    assert [grade.repeat for grade in book.class_record().grades] == [1]


def test_the_last_repeat_is_that_of_the_same_submission(book: Gradebook) -> None:
    assert book.last_repeat("anna", "small", print_of(0)) is None
    book.store(filed(key(), RIGHT))
    book.store(filed(key(repeat=1), BROKEN))
    book.store(filed(key(number=1, repeat=7), RIGHT))
    assert book.last_repeat("anna", "small", print_of(0)) == 1
    assert book.last_repeat("bob", "small", print_of(0)) is None


def test_known_is_what_has_a_grade(book: Gradebook) -> None:
    stored = [key(), key("bob"), key(number=1), key(repeat=1)]
    for at in stored:
        book.store(filed(at))
    book.store(filed(key(number=2), BROKEN))
    asked = [*stored[:3], key("carl"), key(number=2), key(repeat=2), key(exercise="other")]
    assert book.known(iter(asked)) == set(stored[:3])


def test_known_is_asked_for_any_number_of_keys(book: Gradebook) -> None:
    book.store(filed(key(number=1234)))
    assert book.known(key(number=number) for number in range(2000)) == {key(number=1234)}


def test_an_earlier_grade_can_stand_again(book: Gradebook) -> None:
    book.store(filed(key(number=0), RIGHT))
    book.store(filed(key(number=1), WRONG))
    book.stand(key(number=0), is_late=True, place="newest.py")
    (grade,) = book.class_record().grades
    assert (grade.result, grade.is_late, grade.place) == (RIGHT, True, "newest.py")
    book.stand(key(number=0), is_late=False, place="newest.py")
    assert [grade.is_late for grade in book.class_record().grades] == [False]


def test_a_grade_that_does_not_stand_has_the_place_with_which_it_came(book: Gradebook) -> None:
    book.store(filed(key(number=0), is_late=True, place="first.py"))
    book.store(filed(key(number=1), place="second.py"))
    book.stand(key(number=1), is_late=True, place="third.py")
    places = [(grade.place, grade.is_late) for grade in book.history("anna", "small")]
    assert places == [("first.py", True), ("third.py", True)]


def test_a_grade_that_is_not_there_cannot_stand(book: Gradebook) -> None:
    book.store(filed(key()))
    with pytest.raises(GraderError, match="no such grade of anna, small"):
        book.stand(key(number=9), is_late=False, place="")
    assert len(book.class_record().grades) == 1


def test_a_result_is_found_by_its_key(book: Gradebook) -> None:
    book.store(filed(key(), RIGHT))
    book.store(filed(key(repeat=1), WRONG))
    assert book.result(key()) == RIGHT
    with pytest.raises(GraderError, match="no such grade of bob, small"):
        book.result(key("bob"))


def test_that_examples_were_tried_is_noted_with_the_one_grade(book: Gradebook) -> None:
    book.store(filed(key("anna")))
    book.store(filed(key("bob")))
    book.mark_tried(key("bob"), print_of(3))
    assert [grade.tried for grade in book.standing()] == ["", print_of(3)]


def test_students_stay_in_the_order_in_which_they_came(book: Gradebook) -> None:
    book.enrol([BOB, ANNA])
    book.enrol([Student("carl"), ANNA, BOB])
    assert [student.id for student in book.class_record().students] == ["bob", "anna", "carl"]


def test_enrolling_again_adds_what_is_new_and_takes_nothing_away(book: Gradebook) -> None:
    book.enrol([ANNA, BOB])
    book.enrol([Student("anna", section="2"), replace(BOB, email="bob@example.org")])
    record = book.class_record()
    assert record.students == (
        replace(ANNA, section="2"),
        replace(BOB, email="bob@example.org"),
    )


def test_one_student_may_come_twice_in_a_list(book: Gradebook) -> None:
    book.enrol([BOB, replace(BOB, name="", section="3")])
    assert book.class_record().students == (replace(BOB, section="3"),)


def test_topics_are_updated_and_stay_in_order(book: Gradebook) -> None:
    book.note_topics([SMALL, OTHER])
    book.note_topics([Topic("other", "", max_points=7), Topic("small", "Smaller")])
    assert book.class_record().topics == (
        replace(SMALL, title="Smaller"),
        replace(OTHER, max_points=7),
    )


def test_a_grade_of_somebody_unknown_enrols_them(book: Gradebook) -> None:
    book.store(filed(key("dora", "novel")))
    book.note_topics([Topic("novel", "A novel one")])
    record = book.class_record()
    assert record.students == (Student("dora"),)
    assert record.topics == (Topic("novel", "A novel one"),)


def test_grades_stand_in_the_order_of_the_class(book: Gradebook) -> None:
    book.note_topics([SMALL, OTHER])
    book.enrol([BOB, ANNA])
    for at in (key("anna", "other"), key("anna"), key("bob", "other"), key("bob")):
        book.store(filed(at, WRONG))
    expected = [("bob", "small"), ("bob", "other"), ("anna", "small"), ("anna", "other")]
    assert numbers(book.class_record()) == [(*pair, 2) for pair in expected]
    assert [(grade.student, grade.exercise) for grade in book.standing()] == expected
    assert [grade.student for grade in book.standing("other")] == ["bob", "anna"]


def test_a_record_of_some_exercises_has_only_what_belongs_to_them(book: Gradebook) -> None:
    book.note_topics([SMALL, OTHER])
    book.enrol([ANNA])
    book.store(filed(key("anna", "small")))
    book.store(filed(key("anna", "other")))
    refused = [Refusal("a", "why", exercise=exercise) for exercise in ("small", "other", "")]
    book.note_refusals(refused)
    record = book.class_record(exercises=["other", "unknown"])
    assert (record.topics, record.students) == ((OTHER,), (ANNA,))
    assert [grade.exercise for grade in record.grades] == ["other"]
    assert record.refusals == tuple(refused[1:])
    assert book.class_record(exercises=[]).grades == ()


def test_refusals_of_a_run_replace_those_before(book: Gradebook) -> None:
    book.note_refusals([Refusal("old", "why")])
    newest = [Refusal("z", "why", "anna", "small"), Refusal("a", "why not")]
    book.note_refusals(newest)
    assert book.class_record().refusals == tuple(newest)
    book.note_refusals([])
    assert book.class_record().refusals == ()


def test_refusals_of_another_source_stay(book: Gradebook) -> None:
    for source in ("one.zip", "two.zip"):
        book.note_refusals([Refusal(source, "why")], source)
    book.note_refusals([], "one.zip")
    assert [refusal.place for refusal in book.class_record().refusals] == ["two.zip"]


def test_what_stands_is_read_while_the_gradebook_is_written(book: Gradebook) -> None:
    for name in ("anna", "bob"):
        book.store(filed(key(name), RIGHT))
    seen = []
    for grade in book.standing():
        seen.append((grade.student, grade.result))
        book.store(filed(key("bob", number=1), WRONG))
        book.store(filed(key("zoe"), WRONG))
    assert seen == [("anna", RIGHT), ("bob", WRONG)]


def test_a_submission_is_stored_once(book: Gradebook) -> None:
    same = {"small.py": b"pass\n"}
    for name in ("anna", "bob"):
        book.store(filed(key(name), files=same))
    assert count_of(book, submissions.c.sha256) == 1
    assert [grade.files for grade in book.standing()] == [same, same]


def test_files_come_back_byte_for_byte(book: Gradebook) -> None:
    files = {"b.py": bytes(range(256)), "a/\0\n.py": b"", "é.py": b"x" * 100_000}
    book.store(filed(key(), files=files))
    assert [grade.files for grade in book.standing()] == [files]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(id_=st.text(), name=st.text(), message=st.text())
def test_any_text_survives(book: Gradebook, id_: str, name: str, message: str) -> None:
    # The gradebook is the same for all examples, so each needs an id of its own.
    check_text(book, f"{id_}{(id_, name, message)}", name, message)


def test_odd_text_survives(book: Gradebook) -> None:
    check_text(book, ODD, ODD, ODD)


def check_text(book: Gradebook, id_: str, name: str, message: str) -> None:
    """Check that the texts come back from each kind of column."""
    result = result_of(of_test(1, Outcome.FAILED, message=message, got=name))
    at = key(id_, id_)
    refusal = Refusal(name, message, id_, id_)
    book.enrol([Student(id_, name)])
    book.store(filed(at, result, place=name))
    book.note_refusals([refusal])
    book.add_example(id_, print_of(0), name, message, id_)
    assert book.known([at]) == {at}
    (grade,) = book.history(id_, id_)
    assert (grade.student, grade.result, grade.place) == (id_, result, name)
    record = book.class_record()
    assert record.refusals == (refusal,)
    assert next(student.name for student in record.students if student.id == id_) == name
    assert message in book.examples(id_, print_of(0))[name]


def test_an_example_is_kept_once(book: Gradebook) -> None:
    assert book.add_example("small", print_of(0), "test_one", "[1]", "anna") is True
    assert book.add_example("small", print_of(0), "test_one", "[1]", "bob") is False
    assert book.add_example("small", print_of(0), "test_two", "[1]", "bob") is True
    assert book.add_example("small", print_of(1), "test_one", "[2]", "bob") is True
    assert book.add_example("other", print_of(0), "test_one", "[3]", "bob") is True
    assert book.examples("small", print_of(0)) == {"test_one": ("[1]",), "test_two": ("[1]",)}


def test_the_smallest_examples_are_given_out(book: Gradebook) -> None:
    texts = [f"[{number}]" for number in range(30)]
    # Many of one length, in an order of their own in other languages; and escapes are no length.
    texts += ['["Z"]', '["a"]', '["\\\\"]', '["\\\\\\\\"]', "[]"]
    for one in reversed(texts):
        book.add_example("small", print_of(0), "test_one", one, "anna")
    expected = sorted(texts, key=lambda one: (len(one), one))[:20]
    assert book.examples("small", print_of(0)) == {"test_one": tuple(expected)}


def test_an_example_may_be_long(book: Gradebook) -> None:
    long = json.dumps(["ab" * 50_000])
    assert book.add_example("small", print_of(0), "test_one", long, "anna") is True
    assert book.add_example("small", print_of(0), "test_one", long, "anna") is False
    assert book.examples("small", print_of(0)) == {"test_one": (long,)}


@pytest.mark.parametrize(
    "stored",
    ["", "{", "[]", "null", '{"schema": "grader/result/v9"}', "[" * 100_000, "1" * 5000],
)
def test_a_result_that_cannot_be_read_is_named(book: Gradebook, stored: str) -> None:
    book.store(filed(key("bob")))
    book.store(filed(key("an\x1bna")))
    number = book.history("an\x1bna", "small")[0].number
    with book._database.writing() as connection:
        connection.execute(update(grades).where(grades.c.number == number).values(result=stored))
    for read in (book.class_record, lambda: book.history("an\x1bna", "small")):
        with pytest.raises(GraderError) as caught:
            read()
        sentence = str(caught.value)
        assert f"grade {number} (an\\x1bna, small) in the gradebook" in sentence
        assert len(sentence) < 1000
    standing = book.standing()
    assert next(standing).student == "bob"
    with pytest.raises(GraderError, match="--force"):
        next(standing)


@pytest.mark.parametrize("stored", ["[]", "{", '{"small.py": "?"}', '{"small.py": 1}'])
def test_files_that_cannot_be_read_are_named(book: Gradebook, stored: str) -> None:
    book.store(filed(key()))
    with book._database.writing() as connection:
        connection.execute(update(submissions).values(files=stored))
    with pytest.raises(GraderError, match=r"grade 1 \(anna, small\).* cannot be read"):
        book.class_record()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Filed(key(), RIGHT, {}, datetime(2026, 1, 1))


def test_points_can_be_read_with_sql(where: str, tmp_path: Path) -> None:
    with open_gradebook(where) as book:
        book.store(filed(key(), WRONG))
    asked = "SELECT student, verdict, points, max_points FROM grades"
    if where.startswith("postgresql"):
        engine = create_engine(where.replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(asked))]
        engine.dispose()
    else:
        rows = sqlite3.connect(where).execute(asked).fetchall()
    assert rows == [("anna", "not_all_points", 2, 3)]
