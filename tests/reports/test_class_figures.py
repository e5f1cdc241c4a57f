"""What is counted for a class: cells, scores, failing tests, and counterexamples in groups."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.classroom import ClassRecord, Grade, Refusal, Student, Topic
from grader.outcomes import Fault, Outcome
from grader.reports.class_figures import (
    Failing,
    Line,
    State,
    TopicFigures,
    figures_of,
    line_of,
    lines_of,
    reason_of,
    scores_of,
    unjudged_of,
)
from grader.results import Breakdown, Result, TestRecord
from reports.made_up import EVIDENCE

DOUBLE = Topic("double", "Twice as much", "L1", 4)
HALF = Topic("half", "Half as much", "L1", 2)
BROKEN = Breakdown(Outcome.SANDBOX_FAILED, "the engine is down")


def record(
    name: str, outcome: Outcome = Outcome.PASSED, points: int = 2, **more: str
) -> TestRecord:
    """Return a test's record; `given` is its counterexample."""
    given = more.pop("given", "")
    example = (("number", given),) if given else ()
    return TestRecord(name, f"{name}.", points, outcome, counterexample=example, **more)


def grade(
    student: str, *tests: TestRecord, topic: Topic = DOUBLE, breakdown: Breakdown | None = None
) -> Grade:
    place = f"{student}/{topic.id}.py"
    result = Result(topic.id, topic.title, place, tests, EVIDENCE, breakdown)
    return Grade(student, topic.id, result, datetime(2026, 1, 1, tzinfo=UTC))


def class_of(
    *grades: Grade, students: str = "", topics: tuple[Topic, ...] = (DOUBLE,), **more: object
) -> ClassRecord:
    ids = students.split() or list(dict.fromkeys(one.student for one in grades))
    people = tuple(Student(one) for one in ids)
    return ClassRecord("A class", topics, people, grades, **more)  # type: ignore[arg-type]


def with_share(student: str, points: int, maximum: int) -> Grade:
    """Return a grade with so many points of so many."""
    lost = record("lost", Outcome.FAILED, maximum - points)
    return grade(student, record("won", points=points), *([lost] if points < maximum else []))


def cell_states(line: Line) -> list[State]:
    return [cell.state for cell in line.cells]


def figures(*grades: Grade) -> TopicFigures:
    made = class_of(*grades)
    (found,) = figures_of(made, lines_of(made))
    return found


def failing(*grades: Grade) -> Failing:
    (found,) = figures(*grades).failing
    return found


def wrong(given: str, got: str = "", message: str = "") -> TestRecord:
    return record("test", Outcome.FAILED, given=given, got=got, message=message)


# Cells


@pytest.mark.parametrize(
    ("tests", "state", "points"),
    [
        ([record("a"), record("b")], State.ALL, 4),
        ([record("a"), record("b", Outcome.FAILED)], State.SOME, 2),
        ([record("a", Outcome.RAISED), record("b", Outcome.FAILED)], State.NONE, 0),
        ([record("a"), record("b", Outcome.JUDGE_BROKE)], State.NOT_GRADED, 0),
        ([], State.NOT_GRADED, 0),
    ],
)
def test_a_cell_says_what_became_of_a_hand_in(
    tests: list[TestRecord], state: State, points: int
) -> None:
    (line,) = lines_of(class_of(grade("ada", *tests)))
    assert (line.cells[0].state, line.cells[0].points) == (state, points)


def test_what_is_not_handed_in_is_missing_and_what_could_not_be_taken_is_refused() -> None:
    refusals = (Refusal("bob/double.py", "a link", "bob", "double"),)
    lines = lines_of(class_of(students="ada bob", refusals=refusals))
    assert [cell_states(line) for line in lines] == [[State.MISSING], [State.REFUSED]]


def test_a_grade_counts_more_than_a_refusal_of_another_file() -> None:
    refusals = (Refusal("ada/old/double.py", "a link", "ada", "double"),)
    made = class_of(grade("ada", record("a")), refusals=refusals)
    assert cell_states(lines_of(made)[0]) == [State.ALL]


def test_a_line_adds_up_and_what_is_missing_counts_nothing() -> None:
    made = class_of(grade("ada", record("a")), topics=(DOUBLE, HALF))
    (line,) = lines_of(made)
    assert (line.points, line.max_points) == (2, 2 + 2)


def test_where_a_topic_does_not_say_its_worth_the_grades_do() -> None:
    made = class_of(
        grade("ada", record("a"), record("b")),
        students="ada bob",
        topics=(replace(DOUBLE, max_points=0),),
    )
    assert [line.max_points for line in lines_of(made)] == [4, 4]


def test_the_line_of_one_is_that_among_all() -> None:
    refusals = (Refusal("bob/half.py", "a link", "bob", "half"),)
    made = class_of(
        grade("ada", record("a")),
        grade("bob", record("a", Outcome.FAILED)),
        topics=(DOUBLE, HALF),
        refusals=refusals,
    )
    assert tuple(line_of(made, student) for student in made.students) == lines_of(made)


# Scores


@pytest.mark.parametrize(
    ("points", "band"),
    [(0, (0, 9)), (9, (0, 9)), (10, (10, 19)), (99, (90, 99)), (100, (100, 100))],
)
def test_a_score_falls_into_its_tenth(points: int, band: tuple[int, int]) -> None:
    scores = scores_of(lines_of(class_of(with_share("ada", points, 100))))
    filled = [(one.least, one.most) for one in scores.bands if one.students]
    assert filled == [band]


def test_mean_and_median_are_in_per_cent() -> None:
    grades = [with_share("a", 0, 10), with_share("b", 1, 10), with_share("c", 10, 10)]
    scores = scores_of(lines_of(class_of(*grades)))
    assert (scores.counted, scores.median) == (3, 10)
    assert scores.mean == pytest.approx(110 / 3)


def test_a_share_is_of_the_largest_band() -> None:
    grades = [with_share("a", 1, 10), with_share("b", 1, 10), with_share("c", 10, 10)]
    scores = scores_of(lines_of(class_of(*grades)))
    assert {one.students: one.share for one in scores.bands} == {0: 0.0, 1: 0.5, 2: 1.0}


def test_who_is_not_graded_or_absent_is_left_out_of_the_scores() -> None:
    made = class_of(
        grade("ada", record("a")),
        grade("bob", record("a"), breakdown=BROKEN),
        students="ada bob eve",
    )
    scores = scores_of(lines_of(made))
    assert (scores.counted, scores.open, scores.absent) == (1, 1, 1)
    assert sum(one.students for one in scores.bands) == 1


def test_a_class_of_nobody_has_scores_of_nobody() -> None:
    scores = scores_of(())
    assert (scores.counted, scores.mean, scores.median) == (0, 0.0, 0.0)


# Exercises


def test_an_exercise_is_counted_by_state_and_mean() -> None:
    late = replace(grade("eve", record("a", Outcome.FAILED)), is_late=True)
    made = class_of(grade("ada", record("a")), late, students="ada bob eve")
    (found,) = figures_of(made, lines_of(made))
    assert found.states == {State.ALL: 1, State.NONE: 1, State.MISSING: 1}
    assert (found.late, found.graded, found.mean) == (1, 2, 1.0)


def test_an_exercise_that_nobody_handed_in_has_no_mean() -> None:
    made = class_of(students="ada")
    (found,) = figures_of(made, lines_of(made))
    assert (found.graded, found.mean, found.failing, found.passed) == (0, None, (), 0)


def test_the_test_that_most_fail_comes_first_and_equals_keep_their_order() -> None:
    lost = Outcome.FAILED
    found = figures(
        grade("ada", record("a", lost), record("b", lost), record("c", lost), record("d")),
        grade("bob", record("a"), record("b", lost), record("c"), record("d")),
    )
    assert [(one.test.name, one.failed, one.graded) for one in found.failing] == [
        ("b", 2, 2),
        ("a", 1, 2),
        ("c", 1, 2),
    ]
    assert found.passed == 1


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_is_the_submissions_fault_is_failing(outcome: Outcome) -> None:
    found = figures(grade("ada", record("a", outcome)))
    assert bool(found.failing) is (outcome.fault is Fault.SUBMISSION)


def test_a_submission_that_is_not_graded_counts_for_no_test() -> None:
    found = figures(
        grade("ada", record("a", Outcome.FAILED), record("b", Outcome.JUDGE_BROKE)),
        grade("bob", record("a"), record("b")),
    )
    assert (found.failing, found.graded) == ((), 1)


# Groups


def test_equal_answers_to_equal_counterexamples_are_one_group() -> None:
    tests = [wrong("0", "1"), wrong("0", "1"), wrong("0", "2"), wrong("1", "1")]
    found = failing(*(grade(f"s{n}", test) for n, test in enumerate(tests)))
    shown = [(one.test.counterexample[0][1], one.test.got, one.students) for one in found.groups]
    assert shown == [("0", "1", 2), ("0", "2", 1), ("1", "1", 1)]


def test_the_smallest_counterexample_comes_first_and_failures_without_one_last() -> None:
    tests = [wrong("", message="It crashed."), wrong("100"), wrong("2"), wrong("1")]
    found = failing(*(grade(f"s{n}", test) for n, test in enumerate(tests)))
    assert [one.test.counterexample for one in found.groups] == [
        *((("number", size),) for size in ("1", "2", "100")),
    ]
    assert (found.more_groups, found.more_students) == (1, 1)


def test_of_many_groups_three_are_shown_and_the_others_counted() -> None:
    tests = [wrong(str(number // 2)) for number in range(10)]
    found = failing(*(grade(f"s{n}", test) for n, test in enumerate(tests)))
    assert [one.students for one in found.groups] == [2, 2, 2]
    assert (found.more_groups, found.more_students) == (2, 4)


def test_where_no_answer_came_the_message_tells_failures_apart() -> None:
    tests = [wrong("0", message="A."), wrong("0", message="B."), wrong("0", message="A.")]
    found = failing(*(grade(f"s{n}", test) for n, test in enumerate(tests)))
    assert [(one.test.message, one.students) for one in found.groups] == [("A.", 2), ("B.", 1)]


# What has no points


def test_what_is_not_graded_is_told_with_its_reason_and_then_what_was_refused() -> None:
    refusals = (
        Refusal("bob/double.py", "a link", "bob", "double"),
        Refusal("x.py", "nobody's", "zoe", "tripled"),
    )
    made = class_of(
        grade("ada", record("a"), breakdown=BROKEN), students="ada bob", refusals=refusals
    )
    shown = [
        (one.student and one.student.id, one.topic and one.topic.id, one.place, one.reason)
        for one in unjudged_of(made)
    ]
    assert shown == [
        ("ada", "double", "ada/double.py", "the engine is down"),
        ("bob", "double", "bob/double.py", "a link"),
        (None, None, "x.py", "nobody's"),
    ]


def test_without_a_breakdown_the_tests_that_broke_are_the_reason() -> None:
    broken = record("b", Outcome.TEST_BROKEN, message="It raised KeyError.")
    assert reason_of(grade("ada", record("a"), broken).result) == (
        "b. test_broken: It raised KeyError."
    )


def test_a_result_without_tests_has_a_reason_too() -> None:
    assert reason_of(grade("ada").result) == "No hidden test has run."
