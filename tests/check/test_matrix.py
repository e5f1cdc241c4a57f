"""The matrix: which test catches what, and which tests could go."""

import pytest
from made_up import failed, passed, result_of, result_with

from grader.check.matrix import caught_by, columns_of, lost_tests, matrix_findings
from grader.findings import Code, Column, Kind, Matrix, Row
from grader.outcomes import Outcome

PLACE = "hidden/test_small.py"


def matrix_of(**catches: str) -> Matrix:
    """Return a matrix from test names to the letters of the rows that a test catches."""
    letters = sorted(set("".join(catches.values())))
    columns = tuple(Column(name, "", points) for points, name in enumerate(catches, 1))
    rows = (
        Row(
            Kind.EQUIVALENT if letter == "e" else Kind.MUTANT,
            letter,
            "",
            tuple(name for name, caught in catches.items() if letter in caught),
        )
        for letter in letters
    )
    return Matrix(columns, tuple(rows))


def findings(**catches: str) -> list[tuple[Code, str, str]]:
    found = matrix_findings(matrix_of(**catches), PLACE)
    return [(finding.code, finding.place, finding.message) for finding in found]


def test_columns_are_the_tests_that_were_run() -> None:
    result = result_of(passed("test_a", 2), failed("test_b[1]"))
    assert columns_of(result) == (
        Column("test_a", "Title of test_a.", 2),
        Column("test_b[1]", "Title of test_b[1].", 1),
    )


def test_a_submission_is_caught_by_the_tests_that_it_loses_points_in() -> None:
    slow = failed("test_slow", outcome=Outcome.TIMED_OUT)
    result = result_of(passed("test_a"), failed("test_b"), slow)
    assert lost_tests(result) == result.tests[1:]
    assert caught_by(result) == ("test_b", "test_slow")
    assert caught_by(result_with("test_a")) == ()


def test_tests_that_each_catch_something_of_their_own_are_in_order() -> None:
    assert findings(test_a="mno", test_b="nop") == []


@pytest.mark.parametrize(
    ("catches", "points"), [({"a": "m", "b": ""}, "2 points"), ({"a": "", "b": "m"}, "1 point")]
)
def test_a_test_that_catches_nothing_is_a_fault(catches: dict[str, str], points: str) -> None:
    ((code, place, message),) = findings(**catches)
    name = "b" if points == "2 points" else "a"
    assert (code, place) == (Code.TEST_CATCHES_NOTHING, f"{PLACE}::{name}")
    assert f"{points} that cannot be lost" in message


def test_equivalent_mutants_do_not_count_as_caught() -> None:
    ((code, place, _),) = findings(test_a="m", test_b="e")
    assert (code, place) == (Code.TEST_CATCHES_NOTHING, f"{PLACE}::test_b")


def test_a_test_that_catches_less_than_another_is_named_with_all_that_do() -> None:
    ((code, place, message),) = findings(test_a="mn", test_b="n", test_c="no")
    assert (code, place) == (Code.TEST_REDUNDANT, f"{PLACE}::test_b")
    assert message == "whatever it catches is caught by test_a and by test_c as well"


def test_of_two_tests_that_catch_the_same_each_is_named() -> None:
    assert [place for _, place, _ in findings(test_a="m", test_b="m")] == [
        f"{PLACE}::test_a",
        f"{PLACE}::test_b",
    ]


def test_where_there_is_nothing_to_catch_there_is_nothing_to_say() -> None:
    assert findings(test_a="", test_b="e") == []
    assert findings(test_a="", test_b="") == []
