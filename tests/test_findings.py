"""The records of a check: what follows from them, and that they survive as JSON."""

import json

import pytest

from grader.findings import (
    Check,
    Code,
    Column,
    Finding,
    Kind,
    Matrix,
    Row,
    check_from_json,
    check_to_json,
)

COLUMNS = (Column("test_a", "A.", 2), Column("test_b", "B.", 1))
ROWS = (
    Row(Kind.WRONG_SOLUTION, "same", "the same", ("test_a",)),
    Row(Kind.EQUIVALENT, "small.py:1 #1", "a → b", ()),
    Row(Kind.MUTANT, "small.py:2 #2", "a → c", ("test_a", "test_b")),
    Row(Kind.MUTANT, "small.py:3 #3", "a → d", ()),
    Row(Kind.MUTANT, "small.py:4 #4", "a → e", ("test_b",)),
)
FINDINGS = (
    Finding(Code.WEAK, "solutions/small.py", "weak", "catch them", ("-a", "+d")),
    Finding(Code.TEST_REDUNDANT, "hidden/test_small.py", "redundant", "merge them"),
)
CHECK = Check("small", "Small", FINDINGS, Matrix(COLUMNS, ROWS), 0.25)


def test_only_mutants_that_are_not_equivalent_make_the_strength() -> None:
    assert (CHECK.mutants, CHECK.caught) == (3, 2)
    assert CHECK.strength == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("caught", "mutants", "text"),
    [(35, 37, "0.94"), (19, 20, "0.95"), (29, 100, "0.29"), (199, 200, "0.99"), (3, 3, "1.00")],
)
def test_the_strength_is_shown_as_no_better_than_it_is(
    caught: int, mutants: int, text: str
) -> None:
    rows = [Row(Kind.MUTANT, "", "", ("test_a",) if n < caught else ()) for n in range(mutants)]
    assert Check("small", "Small", (), Matrix(COLUMNS, tuple(rows))).strength_text == text


def test_without_mutants_there_is_no_strength() -> None:
    assert Check("small", "Small", (), Matrix(COLUMNS, ROWS[:2])).strength is None


def test_a_test_catches_rows_that_count() -> None:
    assert CHECK.matrix.counted == (ROWS[0], *ROWS[2:])
    assert CHECK.matrix.catches("test_a") == {0, 1}
    assert CHECK.matrix.catches("test_b") == {1, 3}


def test_a_note_is_no_fault() -> None:
    assert CHECK.faults == FINDINGS[:1]


def test_a_check_survives_as_json() -> None:
    text = json.dumps(check_to_json(CHECK))
    assert check_from_json(json.loads(text)) == CHECK


def test_json_has_what_follows_from_the_rows_as_well() -> None:
    data = check_to_json(CHECK)
    assert (data["mutants"], data["caught"]) == (3, 2)
    assert data["strength"] == CHECK.strength


@pytest.mark.parametrize(
    "change", [{"schema": "grader/check/v0"}, {"findings": [{"code": "no-such-code"}]}]
)
def test_json_of_another_kind_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        check_from_json({**check_to_json(CHECK), **change})
