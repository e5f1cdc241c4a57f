"""How values and places of a catalogue are shown."""

import pytest

from grader.catalogue.words import Finding, Loc, place_of, problems_in_order, shown

DOCUMENT = {"section": [{"id": "L2", "exercise": [{"id": "decorators"}, {"id": 7}]}, "loose"]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        ("a\n\x1b", r'"a\n\u001b"'),
        ({"a": 1}, "a table"),
        ([1, [2, [3]]], "[1, [2, [...]]]"),
        (2**64, "a number of more than 64 bits"),
        ("x" * 58, f'"{"x" * 58}"'),
        ("x" * 59, f'"{"x" * 56}...'),
    ],
)
def test_a_value_is_shown_as_in_toml_and_cut_to_60_characters(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("section",), "section"),
        (("section", 1), "section[1]"),
        (("section", 0, "title"), 'section[0] "L2" > title'),
        (
            ("section", 0, "exercise", 0, "limits", "a b"),
            'section[0] "L2" > exercise[0] "decorators" > limits."a b"',
        ),
        (("section", 0, "exercise", 1, "files", 2), 'section[0] "L2" > exercise[1] > files[2]'),
    ],
)
def test_a_place_names_the_tables_around_it(loc: Loc, place: str) -> None:
    assert place_of(DOCUMENT, loc) == place


def test_problems_follow_the_order_of_the_tables() -> None:
    places = [("section", 1), ("section", 0, "exercise", 1), ("section", 0, "title"), ("version",)]
    findings = [Finding(loc, "", "is wrong") for loc in places]
    assert [problem.place for problem in problems_in_order(DOCUMENT, findings)] == [
        "version",
        'section[0] "L2" > title',
        'section[0] "L2" > exercise[1]',
        "section[1]",
    ]
