"""The table of faults: complete, all or nothing, the same in the code and in ARCHITECTURE.md."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcomes import FAULTS, Fault, Outcome

ARCHITECTURE = Path(__file__).parent.parent / "ARCHITECTURE.md"
HEADING = "## Who is at fault"
POINTS_WORDS = {
    Fault.NOBODY: "all",
    Fault.SUBMISSION: "none",
    Fault.GRADER: "not graded",
}

# Written out a second time on purpose: a change of policy has to be made in both places.
POLICY = [
    ("passed", "nobody"),
    ("failed", "submission"),
    ("raised", "submission"),
    ("timed_out", "submission"),
    ("out_of_memory", "submission"),
    ("crashed", "submission"),
    ("bad_reply", "submission"),
    ("too_much_output", "submission"),
    ("does_not_load", "submission"),
    ("sandbox_failed", "grader"),
    ("judge_broke", "grader"),
    ("test_broken", "grader"),
    ("not_collected", "grader"),
    ("judge_limit", "grader"),
]


def section(text: str, heading: str) -> list[str]:
    """Return the lines under `heading`, up to the next heading of the same or a higher level."""
    lines = text.splitlines()
    assert heading in lines, f"ARCHITECTURE.md has no heading {heading!r}"
    rest = lines[lines.index(heading) + 1 :]
    end = next((i for i, line in enumerate(rest) if line.startswith(("# ", "## "))), len(rest))
    return rest[:end]


def table_rows(lines: list[str]) -> list[tuple[str, ...]]:
    """Return the rows of the first Markdown table in `lines`, header first, without the rule."""
    start = next((i for i, line in enumerate(lines) if line.startswith("|")), len(lines))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
    return [row for row in rows if set("".join(row)) - set("-: ")]


@pytest.mark.parametrize(("outcome", "fault"), POLICY)
def test_outcome_is_the_fault_of(outcome: str, fault: str) -> None:
    assert Outcome(outcome).fault == Fault(fault)


def test_policy_has_one_line_for_each_outcome() -> None:
    assert sorted(outcome for outcome, _ in POLICY) == sorted(outcome.value for outcome in Outcome)


def test_table_of_faults_has_every_outcome_and_nothing_else() -> None:
    assert list(FAULTS) == list(Outcome)


def test_table_of_faults_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        FAULTS[Outcome.JUDGE_BROKE] = Fault.SUBMISSION  # type: ignore[index]


def test_only_passed_is_nobodys_fault() -> None:
    assert [outcome for outcome in Outcome if outcome.fault is Fault.NOBODY] == [Outcome.PASSED]


@given(st.integers(min_value=0, max_value=1000))
def test_passed_earns_all_points(maximum: int) -> None:
    assert Outcome.PASSED.points_of(maximum) == maximum


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome != "passed"])
@given(maximum=st.integers(min_value=1, max_value=1000))
def test_every_other_outcome_earns_no_points(outcome: Outcome, maximum: int) -> None:
    assert outcome.points_of(maximum) == 0


def test_table_in_architecture_equals_the_table_in_the_code() -> None:
    header, *rows = table_rows(section(ARCHITECTURE.read_text(encoding="utf-8"), HEADING))
    assert header == ("outcome", "whose", "points")
    assert rows == [
        (f"`{outcome.value}`", fault.value, POINTS_WORDS[fault])
        for outcome, fault in FAULTS.items()
    ]


def test_reader_of_the_table_stops_at_the_next_heading_and_sees_a_changed_cell() -> None:
    text = f"# A\n\n{HEADING}\n\n| a | b |\n|:--|---|\n| `x` | y |\n\n## Next\n\n| c |\n|---|\n"
    assert table_rows(section(text, HEADING)) == [("a", "b"), ("`x`", "y")]
