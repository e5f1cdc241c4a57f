"""Hidden tests against wrong solutions and mutants: what each catches, and what no other does."""

from collections.abc import Iterator

from grader.findings import Code, Column, Finding, Matrix
from grader.results import Result, TestRecord


def columns_of(reference: Result) -> tuple[Column, ...]:
    """Return the hidden tests, as the judge has collected them."""
    return tuple(Column(test.name, test.title, test.max_points) for test in reference.tests)


def caught_by(result: Result) -> tuple[str, ...]:
    """Return the names of the tests that a submission has lost points in."""
    return tuple(test.name for test in lost_tests(result))


def lost_tests(result: Result) -> tuple[TestRecord, ...]:
    """Return the records of the tests that a submission has lost points in."""
    return tuple(test for test in result.tests if test.points < test.max_points)


def matrix_findings(matrix: Matrix, place: str) -> Iterator[Finding]:
    """Return which tests no mistake fails, and which catch nothing that another does not.

    Args:
        matrix: with at least one row that counts, or there is nothing to say.
        place: the file of hidden tests.
    """
    if not matrix.counted:
        return
    caught = {column.name: matrix.catches(column.name) for column in matrix.columns}
    for column in matrix.columns:
        if not caught[column.name]:
            yield _catches_nothing(column, place)
            continue
        others = [name for name in caught if caught[column.name] <= caught[name]]
        others.remove(column.name)
        if others:
            yield _redundant(column, others, place)


def _catches_nothing(column: Column, place: str) -> Finding:
    return Finding(
        code=Code.TEST_CATCHES_NOTHING,
        place=f"{place}::{column.name}",
        message=f"no wrong solution and no mutant fails it: {_points(column)} that cannot be lost",
        remedy="make it ask for more, or give its points to another test; if there is a mistake "
        "that it is for, add that as a wrong solution",
    )


def _redundant(column: Column, others: list[str], place: str) -> Finding:
    return Finding(
        code=Code.TEST_REDUNDANT,
        place=f"{place}::{column.name}",
        message=f"whatever it catches is caught by {' and by '.join(others)} as well",
        remedy="keep it where it gives partial credit for the easier part; else merge them, or add "
        "a wrong solution that only this test catches",
    )


def _points(column: Column) -> str:
    return "1 point" if column.points == 1 else f"{column.points} points"
