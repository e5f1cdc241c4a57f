"""The shape of tables: that ids, sections and keys of a wrong shape are reported."""

import pytest
from banks import TWO_SECTIONS, Report

from grader.catalogue.shape import complaint_about_id, complaint_about_title


@pytest.mark.parametrize(
    ("exercise_id", "message"),
    [
        ("two words", "must be a Python name"),
        ("", "must be a Python name"),
        ("café", "must be a Python name"),
        ("../escape", "must be a Python name"),
        ("class", "is a keyword"),
        ("statistics", "standard library"),
        ("_thread", "standard library"),
        ("__main__", "standard library"),
        ("wrong", "solutions/wrong/"),
    ],
)
def test_an_exercise_id_that_cannot_be_a_submissions_module_is_reported(
    problems_of: Report, exercise_id: str, message: str
) -> None:
    (problem,) = problems_of(TWO_SECTIONS.replace('"decorators"', f'"{exercise_id}"'))
    assert problem.place == f'section[0] "L2" > exercise[0] "{exercise_id}" > id'
    assert problem.value == f'"{exercise_id}"'
    assert message in problem.message


def test_the_complaint_about_an_id_is_the_one_of_its_problem(problems_of: Report) -> None:
    (problem,) = problems_of(TWO_SECTIONS.replace('"decorators"', '"class"'))
    assert complaint_about_id("class") == problem.message
    assert complaint_about_id("decorators") == ""


def test_the_complaint_about_a_title_is_the_one_of_its_problem(problems_of: Report) -> None:
    (problem,) = problems_of(TWO_SECTIONS.replace('"A blog"', '" "'))
    assert complaint_about_title(" ") == problem.message
    assert complaint_about_title("A blog") == ""


def test_an_unhappy_id_of_any_length_is_reported(problems_of: Report) -> None:
    problems = problems_of(TWO_SECTIONS.replace('"decorators"', f'"{"a" * 5000}"'))
    assert [problem.message[-10:] for problem in problems] == ["is missing"] * 3


@pytest.mark.parametrize(
    ("catalog", "place", "value", "message"),
    [
        ("", "section", "", "is missing"),
        ("section = []", "section", "[]", "must not be empty"),
        ("section = 'L2'", "section", '"L2"', "must be a list of tables; write [[section]]"),
        ("[section]", "section", "a table", "must be a list of tables; write [[section]]"),
        ("section = [7]", "section[0]", "7", "must be a table"),
        ("[[section]]\nid = 'A'", 'section[0] "A" > title', "", "is missing"),
        ("[[section]]\ntitle = 'A'", "section[0] > id", "", "is missing"),
        ("[[section]]\nid = 1\ntitle = 'A'", "section[0] > id", "1", "text in quotes"),
        ("[[section]]\nid = 'A B'\ntitle = 'A'", 'section[0] "A B" > id', '"A B"', "short name"),
        ("[[section]]\nid = 'A'\ntitle = ' '", 'section[0] "A" > title', '" "', "one line"),
        (
            "[[section]]\nid = 'A'\ntitle = \"\\u001b[2J\"",
            'section[0] "A" > title',
            r'"\u001b[2J"',
            "one line",
        ),
        (
            "[[section]]\nid = 'A'\ntitle = 'A'\nexercise = ['x']",
            'section[0] "A" > exercise[0]',
            '"x"',
            "must be a table",
        ),
        (
            "[[section]]\nid = 'A'\ntitle = 'A'\n[section.exercise]\nid = 'x'",
            'section[0] "A" > exercise',
            "a table",
            "write [[section.exercise]]",
        ),
        (
            "[[section]]\nid = 'A'\ntitle = 'A'\n[[section.exercises]]\nid = 'x'",
            'section[0] "A" > exercises',
            "[a table]",
            "did you mean exercise?",
        ),
        (
            "[[section]]\nid = 'A'\ntitle = 'A'\n[[exercise]]\nid = 'x'",
            "exercise",
            "[a table]",
            "is an unknown key; the key here is section",
        ),
    ],
)
def test_a_mistake_outside_the_exercises_is_reported(
    problems_of: Report, catalog: str, place: str, value: str, message: str
) -> None:
    (problem,) = problems_of(catalog)
    assert (problem.place, problem.value) == (place, value)
    assert message in problem.message
