"""The errors of the command line: their exit statuses and what a report of problems looks like."""

import pytest

from grader.errors import BankError, GraderError, Problem, UsageError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (GraderError("no engine answers"), 3),
        (UsageError("no such exercise"), 2),
        (BankError("catalog.toml", (Problem("title", "", "is missing"),)), 3),
    ],
)
def test_an_error_has_the_exit_status_of_its_class(error: GraderError, status: int) -> None:
    assert error.exit_status == status


def test_wrong_usage_is_caught_with_all_other_errors() -> None:
    with pytest.raises(GraderError, match="no such exercise"):
        raise UsageError("no such exercise")


def test_a_problem_says_where_it_is_what_is_wrong_and_what_was_found() -> None:
    problem = Problem("section[0] > title", "3", "must be text in quotes")
    assert str(problem) == "section[0] > title: must be text in quotes (found 3)"


def test_a_problem_with_nothing_found_leaves_that_out() -> None:
    assert str(Problem("section[0] > title", "", "is missing")) == "section[0] > title: is missing"


def test_a_bank_error_counts_and_lists_its_problems_in_their_order() -> None:
    problems = (Problem("b", "1", "is wrong"), Problem("a", "", "is missing"))
    error = BankError("catalog.toml", problems)
    assert error.problems == problems
    assert str(error).splitlines() == [
        "catalog.toml has 2 problems:",
        "  b: is wrong (found 1)",
        "  a: is missing",
    ]


def test_one_problem_is_counted_in_the_singular() -> None:
    error = BankError("catalog.toml", (Problem("a", "", "is missing"),))
    assert str(error).startswith("catalog.toml has 1 problem:\n")
