"""The strength: which mutants count, which lose points, and what is said of those that do not."""

from made_up import mutant, result_with

from grader.check.candidates import FileMutant
from grader.check.equivalents import Equivalent, Split, split
from grader.check.strength import mutant_rows, strength_findings
from grader.findings import Code, Finding, Kind
from grader.results import Result

REFERENCE, EQUIVALENTS = "solutions/small.py", "solutions/equivalent/small.toml"

CAUGHT = result_with("test_a", "test_b", failing=("test_a", "test_b"))
SURVIVES = result_with("test_a", "test_b")

Graded = list[tuple[FileMutant, Result]]


def graded(caught: int, surviving: int) -> Graded:
    """Return so many mutants that lose points, and then so many that do not."""
    results = [CAUGHT] * caught + [SURVIVES] * surviving
    return [(mutant(number), result) for number, result in enumerate(results, 1)]


def split_of(items: Graded, *entries: Equivalent) -> Split:
    return split([item.mutant for item, _ in items], entries)


def findings(items: Graded, *entries: Equivalent) -> list[Finding]:
    return list(strength_findings(items, split_of(items, *entries), REFERENCE, EQUIVALENTS))


# Rows.


def test_a_row_says_what_was_changed_and_who_has_caught_it() -> None:
    (row,) = mutant_rows([(mutant(7), CAUGHT)], Split((), (), ()))
    assert (row.kind, row.name) == (Kind.MUTANT, "small.py:1 #7")
    assert (row.what, row.caught_by) == ("a → b", ("test_a", "test_b"))


def test_a_row_says_that_lines_are_gone() -> None:
    (row,) = mutant_rows([(mutant(1, becomes=""), SURVIVES)], Split((), (), ()))
    assert row.what == "a → (left out)"


def test_the_row_of_an_equivalent_mutant_is_of_its_own_kind() -> None:
    items = [(mutant(1), SURVIVES), (mutant(2, becomes="c"), SURVIVES)]
    entry = Equivalent("half", "a", "c", "why")
    rows = mutant_rows(items, split_of(items, entry))
    assert [row.kind for row in rows] == [Kind.MUTANT, Kind.EQUIVALENT]


# Strong and weak.


def test_a_strong_exercise_has_no_finding() -> None:
    assert findings(graded(19, 1)) == []


def test_an_exercise_without_mutants_has_no_finding() -> None:
    assert findings([]) == []


def test_a_weak_exercise_is_told_with_each_survivor_and_the_entry_for_it() -> None:
    (finding,) = findings(graded(18, 2))
    assert (finding.code, finding.place) == (Code.WEAK, REFERENCE)
    assert finding.message == (
        "of 20 mutants of the reference 2 get all points; at least 95% must lose some"
    )
    assert EQUIVALENTS in finding.remedy
    *first, empty, _, _, _, _, _, _, _, _, _, _ = finding.details
    assert first == [
        "--- small.py",
        "+++ small.py (mutant 19)",
        "@@ -1 +1 @@",
        "-a",
        "+b",
        "# [[mutant]]",
        '# function = "half"',
        '# was = "a"',
        '# becomes = "b"',
        '# reason = ""',
    ]
    assert empty == ""
    assert finding.details[-1] == '# reason = ""'


def test_an_equivalent_mutant_does_not_make_an_exercise_weak() -> None:
    items = [*graded(1, 0), (mutant(2, becomes="c"), SURVIVES)]
    assert [finding.code for finding in findings(items)] == [Code.WEAK]
    assert findings(items, Equivalent("half", "a", "c", "why")) == []


# Entries.


def test_an_entry_without_a_mutant_is_a_fault() -> None:
    (finding,) = findings(graded(1, 0), Equivalent("half", "x", "y", "why"))
    assert (finding.code, finding.place) == (Code.EQUIVALENT_UNKNOWN, EQUIVALENTS)
    assert finding.message == "the entry in half, 'x' to 'y': there is no such mutant"


def test_an_entry_outside_of_functions_is_told_as_such() -> None:
    (finding,) = findings([], Equivalent("", "x", "y", "why"))
    assert finding.message.startswith("the entry outside of any function, 'x'")


def test_an_entry_whose_mutant_loses_points_is_a_fault() -> None:
    (finding,) = findings(graded(1, 0), Equivalent("half", "a", "b", "why"))
    assert (finding.code, finding.place) == (Code.EQUIVALENT_UNKNOWN, EQUIVALENTS)
    assert finding.message == (
        "the entry in half, 'a' to 'b': it loses points, by test_a and test_b"
    )


def test_an_entry_of_two_mutants_is_told_once_and_only_if_both_lose_points() -> None:
    entry = Equivalent("half", "a", "b", "why")
    assert len(findings(graded(2, 0), entry)) == 1
    assert findings(graded(1, 1), entry) == []


def test_of_a_mutant_that_was_not_graded_nothing_is_said() -> None:
    known = split([mutant(1).mutant], [Equivalent("half", "a", "b", "why")])
    assert list(strength_findings([], known, REFERENCE, EQUIVALENTS)) == []
