"""Two results of one submission: which tests say something else, and what that is worth."""

from dataclasses import replace

from made_up import failed, passed, result_of

from grader.batch.compare import compare
from grader.outcomes import Outcome

BEFORE = result_of(passed("test_a", 2), failed("test_b", 3), failed("test_c"))


def test_a_result_is_like_itself_whatever_time_it_took() -> None:
    slower = replace(BEFORE, tests=tuple(replace(test, seconds=9.0) for test in BEFORE.tests))
    assert compare(BEFORE, slower) == ()


def test_points_are_gained_and_lost_by_tests() -> None:
    after = result_of(failed("test_a", 2), passed("test_b", 3), failed("test_c"))
    assert [(one.name, one.points) for one in compare(BEFORE, after)] == [
        ("test_a", -2),
        ("test_b", 3),
    ]


def test_a_test_that_is_new_or_gone_counts_with_all_its_points() -> None:
    after = result_of(failed("test_b", 3), failed("test_c"), passed("test_new", 4))
    assert [(one.name, one.points) for one in compare(BEFORE, after)] == [
        ("test_new", 4),
        ("test_a", -2),
    ]


def test_other_points_for_what_was_passed_are_a_change() -> None:
    after = result_of(passed("test_a", 5), failed("test_b", 3), failed("test_c"))
    (change,) = compare(BEFORE, after)
    assert (change.name, change.points, change.title) == ("test_a", 3, "Title of test_a.")


def test_another_outcome_without_points_is_a_change_worth_nothing() -> None:
    hangs = failed("test_c", outcome=Outcome.TIMED_OUT)
    (change,) = compare(BEFORE, result_of(passed("test_a", 2), failed("test_b", 3), hangs))
    assert (change.name, change.points) == ("test_c", 0)


def test_another_counterexample_is_a_change() -> None:
    other = failed("test_c", counterexample=(("number", "1"),))
    (change,) = compare(BEFORE, result_of(passed("test_a", 2), failed("test_b", 3), other))
    assert change.name == "test_c"
