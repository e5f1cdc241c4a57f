"""Choices: which of a student's files are graded, and when none is."""

import pytest

from grader.bank import Exercise
from grader.intake.choice import Candidate, choose
from grader.intake.entries import Entry
from grader.intake.layouts import Claim
from intake.classes import BLOG, DECORATORS


def candidate(name: str, file: str, *, exact: bool = True, attempt: int = 0) -> Candidate:
    """Return a file of Anna's."""
    return Candidate(Entry(name), Claim("anna", "x", file, exact, attempt))


def chosen(exercise: Exercise, *found: Candidate) -> dict[str, str]:
    """Return the names of the files that are taken; all others are left."""
    choice = choose(found, exercise)
    assert choice.refusal == ""
    assert len(choice.files) + len(choice.left) == len(found)
    return {file: one.entry.name for file, one in choice.files.items()}


def test_the_only_file_is_taken() -> None:
    only = candidate("anna/main.py", "decorators.py", exact=False)
    assert chosen(DECORATORS, only) == {"decorators.py": "anna/main.py"}


def test_the_exercises_own_name_comes_first() -> None:
    own = candidate("anna/decorators.py", "decorators.py")
    other = candidate("anna/main.py", "decorators.py", exact=False)
    assert chosen(DECORATORS, other, own) == {"decorators.py": "anna/decorators.py"}


def test_of_numbered_attempts_the_last_is_taken() -> None:
    files = [
        candidate(f"lee_1_{number}_x", "decorators.py", attempt=number) for number in (2, 10, 0, 9)
    ]
    assert chosen(DECORATORS, *files) == {"decorators.py": "lee_1_10_x"}


@pytest.mark.parametrize(
    "found",
    [
        [
            candidate("a.py", "decorators.py", exact=False),
            candidate("b.py", "decorators.py", exact=False),
        ],
        [candidate("a.py", "decorators.py"), candidate("b.py", "decorators.py")],
        [
            candidate("a.py", "decorators.py", attempt=2),
            candidate("b.py", "decorators.py", attempt=2),
        ],
    ],
    ids=["any names", "own names", "same attempt"],
)
def test_of_several_that_may_be_meant_none_is_taken(found: list[Candidate]) -> None:
    choice = choose(found, DECORATORS)
    assert choice.files == {}
    assert choice.refusal == "Several files may be meant, so none is graded: a.py, b.py."


def test_many_are_not_all_named_and_no_name_breaks_the_line() -> None:
    found = [candidate(f"\n{number}.py", "decorators.py") for number in range(7)]
    refusal = choose(found, DECORATORS).refusal
    assert refusal.endswith(r": \n0.py, \n1.py, \n2.py, \n3.py, \n4.py and 2 more.")


def test_a_folder_is_taken_as_a_whole_and_may_lack_files() -> None:
    app = candidate("anna/blog/app.py", "app.py")
    posts = candidate("anna/blog/views/posts.py", "views/posts.py")
    assert chosen(BLOG, posts, app) == {
        "app.py": "anna/blog/app.py",
        "views/posts.py": "anna/blog/views/posts.py",
    }
    assert chosen(BLOG, posts) == {"views/posts.py": "anna/blog/views/posts.py"}


def test_a_folder_is_not_put_together_from_two() -> None:
    app = candidate("anna/blog/app.py", "app.py")
    posts = candidate("anna/exercises/blog/views/posts.py", "views/posts.py")
    refusal = "Several files may be meant, so none is graded: anna/blog, anna/exercises/blog."
    assert choose([app, posts], BLOG).refusal == refusal


def test_flat_names_have_no_folder_to_differ_in() -> None:
    app = candidate("lee_1_22_app.py", "app.py")
    again = candidate("lee_1_23_app-1.py", "app.py", attempt=1)
    assert chosen(BLOG, app, again) == {"app.py": "lee_1_23_app-1.py"}
