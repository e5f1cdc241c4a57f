"""The points: what is said of each kind of submission, from its result alone."""

from pathlib import Path

import pytest
from exercise_files import write_exercise
from made_up import failed, passed, result_of, result_with

from grader.check.candidates import EMPTY, FIRST_ARGUMENT
from grader.check.fairness import (
    Places,
    describe,
    forger_findings,
    hollow_findings,
    not_graded,
    reference_findings,
    right_findings,
    slow_findings,
    stub_findings,
    wrong_findings,
)
from grader.check.reading import WrongSolution
from grader.findings import Code, Finding
from grader.limits import Limits
from grader.outcomes import Outcome
from grader.results import Breakdown, Result

STUB, HIDDEN, REFERENCE = "exercises/small.py", "hidden/test_small.py", "solutions/small.py"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(write_exercise(tmp_path), tmp_path)


def test_places_are_paths_in_the_bank(tmp_path: Path, places: Places) -> None:
    assert (places.stub, places.hidden_test, places.reference) == (STUB, HIDDEN, REFERENCE)
    assert places.of(tmp_path / "solutions" / "wrong") == "solutions/wrong"


# What could not be graded.


def test_whatever_was_graded_is_no_finding() -> None:
    assert not_graded(result_with("test_a"), "place") is None
    assert not_graded(result_with("test_a", failing=("test_a",)), "place") is None


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (
            result_of(
                passed("test_a"), failed("test_b", outcome=Outcome.TEST_BROKEN, message="it raised")
            ),
            "test_b: it raised",
        ),
        (
            result_of(
                failed("test_a", outcome=Outcome.SANDBOX_FAILED, message="not judged"),
                breakdown=Breakdown(Outcome.SANDBOX_FAILED, "no engine answers"),
            ),
            "no engine answers",
        ),
        (result_of(), "no hidden test was run"),
    ],
)
def test_the_reason_is_said_why_something_was_not_graded(result: Result, reason: str) -> None:
    finding = not_graded(result, "place")
    assert finding is not None
    assert (finding.code, finding.place) == (Code.NOT_CHECKED, "place")
    assert finding.message == f"it could not be graded: {reason}"


# The reference.


def test_a_reference_with_all_points_is_no_finding(places: Places) -> None:
    right = result_with("test_a")
    assert list(reference_findings({0: right, 1: right}, places)) == []


def test_the_first_seed_with_which_the_reference_loses_points_is_told(places: Places) -> None:
    wrong = result_of(
        passed("test_a", 3),
        failed("test_b", 2, message="No.", counterexample=(("n", "1"), ("m", "''"))),
    )
    (finding,) = reference_findings({0: result_with("test_a"), 1: wrong, 2: wrong}, places)
    assert (finding.code, finding.place) == (Code.REFERENCE_FAILS, REFERENCE)
    assert finding.message == "with seed 1 the reference gets 3 of 5 points"
    assert finding.details == ("test_b: No. (n = 1, m = '')",)


def test_a_lost_test_without_an_example_is_described_without_one() -> None:
    assert describe(failed("test_a", message="It raised.")) == "test_a: It raised."


@pytest.mark.parametrize(("seconds", "is_slow"), [(1.9, False), (2.0, True), (9.0, True)])
def test_a_slow_reference_leaves_no_room(places: Places, seconds: float, is_slow: bool) -> None:
    result = result_of(passed("test_a", seconds=0.1), passed("test_b", seconds=seconds))
    found = list(slow_findings(result, Limits(test_seconds=10), places))
    assert bool(found) is is_slow
    for finding in found:
        assert (finding.code, finding.place) == (Code.REFERENCE_SLOW, f"{HIDDEN}::test_b")
        assert f"takes {seconds} s here, of a limit of 10 s" in finding.message


# What does nothing.


def test_a_stub_that_loads_and_gets_nothing_is_no_finding(places: Places) -> None:
    assert list(stub_findings(result_with("test_a", failing=("test_a",)), places)) == []


def test_a_stub_that_does_not_load_is_told_once(places: Places) -> None:
    unloaded = [
        failed(name, outcome=Outcome.DOES_NOT_LOAD, message=f"No {name}.") for name in ("a", "b")
    ]
    (finding,) = stub_findings(result_of(*unloaded), places)
    assert (finding.code, finding.place) == (Code.STUB_BROKEN, STUB)
    assert finding.message == "the stub does not load: No a."


def test_a_stub_may_not_get_a_single_point(places: Places) -> None:
    (finding,) = stub_findings(result_of(passed("test_a"), failed("test_b", 99)), places)
    assert (finding.code, finding.place) == (Code.STUB_SCORES, STUB)
    assert finding.message == "the stub gets 1 of 100 points as it is"
    assert finding.details == ("test_a passes (1 of its 1 points)",)


@pytest.mark.parametrize(
    ("name", "code"), [(EMPTY, Code.EMPTY_SCORES), (FIRST_ARGUMENT, Code.FIRST_ARGUMENT_SCORES)]
)
def test_hollow_functions_may_get_a_tenth_of_the_points(
    places: Places, name: str, code: Code
) -> None:
    tenth = result_of(passed("test_a", 1), failed("test_b", 9))
    assert list(hollow_findings(name, tenth, places)) == []
    more = result_of(passed("test_a", 2), failed("test_b", 9))
    (finding,) = hollow_findings(name, more, places)
    assert (finding.code, finding.place) == (code, HIDDEN)
    assert "get 2 of 11 points; at most 10% are for nothing" in finding.message
    assert finding.details == ("test_a passes (2 of its 2 points)",)


def test_forgers_that_get_little_are_no_finding(places: Places) -> None:
    tenth = result_of(passed("test_a", 1), failed("test_b", 9))
    assert list(forger_findings({"True": tenth, "False": tenth}, places)) == []
    assert list(forger_findings({}, places)) == []


def test_forgers_that_get_much_are_one_finding_with_the_best_of_them(places: Places) -> None:
    results = {
        "True": result_of(passed("test_a", 2), failed("test_b", 3)),
        "False": result_of(failed("test_a", 2), failed("test_b", 3)),
        "1": result_of(passed("test_a", 2), passed("test_b", 3)),
    }
    (finding,) = forger_findings(results, places)
    assert (finding.code, finding.place) == (Code.FORGEABLE, HIDDEN)
    assert "get 5 of 5 points" in finding.message
    assert finding.details == ("True: test_a", "1: test_a, test_b")


# Wrong and right solutions.

WRONG = "solutions/wrong/small/off.py"


def wrong_findings_of(
    places: Places, root: Path, result: Result, *caught_by: str, mistake: str = "off by one"
) -> list[Finding]:
    """Return what is said of one wrong solution, whose label names these tests."""
    wrong = WrongSolution(root / WRONG, root / WRONG, mistake, caught_by)
    return list(wrong_findings([(wrong, result)], places))


def test_a_mistake_that_is_caught_by_the_test_that_it_names_is_no_finding(
    places: Places, tmp_path: Path
) -> None:
    caught = result_with("test_a", "test_b", "test_c", failing=("test_a", "test_b"))
    assert wrong_findings_of(places, tmp_path, caught, "test_a") == []
    assert wrong_findings_of(places, tmp_path, caught, "test_a", "test_b") == []
    assert wrong_findings_of(places, tmp_path, caught) == []


def test_a_mistake_that_gets_all_points_is_told_by_its_label(
    places: Places, tmp_path: Path
) -> None:
    result = result_with("test_a")
    (finding,) = wrong_findings_of(places, tmp_path, result, "test_a")
    assert (finding.code, finding.place) == (Code.WRONG_PASSES, WRONG)
    assert finding.message == "this mistake gets all points: off by one"
    (finding,) = wrong_findings_of(places, tmp_path, result, mistake="")
    assert finding.message.endswith("its first line says not which")


def test_a_mistake_that_is_missed_by_a_test_that_it_names_is_told_with_who_caught_it(
    places: Places, tmp_path: Path
) -> None:
    result = result_with("test_a", "test_b", "test_c", "test_d", failing=("test_c", "test_d"))
    (finding,) = wrong_findings_of(places, tmp_path, result, "test_a", "test_b", "test_c")
    assert (finding.code, finding.place) == (Code.WRONG_MISSED, WRONG)
    assert finding.message == ("test_a and test_b should catch it, but only test_c and test_d did")


@pytest.mark.parametrize(
    ("label", "is_missed"),
    [("test_a", False), ("test_a[2]", False), ("test_a[1]", True), ("test_b", True)],
)
def test_a_label_names_a_case_of_a_test_or_any_of_its_cases(
    places: Places, tmp_path: Path, label: str, is_missed: bool
) -> None:
    names = ("test_a[1]", "test_a[2]", "test_b[1]", "test_b[2]")
    result = result_with(*names, failing=("test_a[2]",))
    assert bool(wrong_findings_of(places, tmp_path, result, label)) is is_missed


def test_a_label_that_names_no_test_is_no_matter_of_points(places: Places, tmp_path: Path) -> None:
    result = result_with("test_a", failing=("test_a",))
    assert wrong_findings_of(places, tmp_path, result, "test_z") == []


def test_a_mistake_that_does_not_load_is_never_seen(places: Places, tmp_path: Path) -> None:
    unloaded = failed("test_b", outcome=Outcome.DOES_NOT_LOAD, message="No name.")
    result = result_of(failed("test_a"), unloaded)
    (finding,) = wrong_findings_of(places, tmp_path, result, "test_a")
    assert (finding.code, finding.place) == (Code.WRONG_BROKEN, WRONG)
    assert finding.message.endswith("No name.")


def test_a_right_solution_may_not_lose_a_point(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "solutions/also_right/small/other.py"
    assert list(right_findings([(path, result_with("test_a"))], places)) == []
    result = result_of(passed("test_a"), failed("test_b", message="No."))
    (finding,) = right_findings([(path, result)], places)
    assert (finding.code, finding.place) == (
        Code.RIGHT_FAILS,
        "solutions/also_right/small/other.py",
    )
    assert finding.message == "this right solution gets 1 of 2 points"
    assert finding.details == ("test_b: No.",)
