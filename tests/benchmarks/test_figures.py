"""The figures: medians over the rounds that count, and ratios of the same rounds."""

import pytest
from made_up_benchmark import BUSY, IDLE, a_growth, a_record, a_run, entrant

from benchmarks.figures import busy_runs, ratio, rows_of
from benchmarks.measuring import Busyness


def test_figures_are_medians_over_the_rounds() -> None:
    runs = tuple(a_run("ours", number, seconds) for number, seconds in enumerate([2, 5, 20]))
    (row,) = rows_of(a_record((entrant("ours"),), runs), ())
    assert row.rate == 10 / 5
    assert row.cpu_seconds == 5 / 10
    assert row.alone_seconds == 5 / 10
    assert row.rounds == 3


def test_a_ratio_compares_runs_of_the_same_round() -> None:
    # The machine was ten times as slow in the second round, for both.
    ours = [a_run("ours", 0, 1), a_run("ours", 1, 10), a_run("ours", 2, 1)]
    base = [a_run("pytest", 0, 4), a_run("pytest", 1, 40), a_run("pytest", 2, 5)]
    assert ratio(ours, base) == 4


def test_a_ratio_leaves_out_rounds_that_only_one_was_in() -> None:
    ours = [a_run("ours", 0, 1), a_run("ours", 1, 1)]
    assert ratio(ours, [a_run("slow", 0, 7)]) == 7
    assert ratio(ours, []) is None


def test_a_row_has_ratios_only_to_baselines_that_were_run() -> None:
    record = a_record(
        (entrant("pytest"), entrant("ours")), (a_run("pytest", 0, 4), a_run("ours", 0, 1))
    )
    base, ours = rows_of(record, ("pytest", "docker-run"))
    assert base.ratios == {"pytest": 1}
    assert ours.ratios == {"pytest": 4}


def test_who_was_not_run_has_no_row() -> None:
    record = a_record(
        (entrant("gone", not_run="no network"), entrant("ours")), (a_run("ours", 0, 1),)
    )
    assert [row.entrant.name for row in rows_of(record, ())] == ["ours"]


def test_the_round_with_the_fewest_right_grades_is_shown() -> None:
    runs = (a_run("ours", 0, 1), a_run("ours", 1, 1, right=8))
    (row,) = rows_of(a_record((entrant("ours"),), runs), ())
    assert (row.right, row.students) == (8, 10)


def test_a_run_that_grades_less_than_half_rightly_does_not_count() -> None:
    runs = (a_run("ours", 0, 0.1, right=4), a_run("ours", 1, 5, right=5))
    (row,) = rows_of(a_record((entrant("ours"),), runs), ())
    assert row.rate == 2
    assert rows_of(a_record((entrant("ours"),), runs[:1]), ()) == []


@pytest.mark.parametrize(("before", "count"), [(IDLE, 0), (BUSY, 1)])
def test_runs_on_a_busy_machine_are_counted(before: Busyness, count: int) -> None:
    runs = (a_run("ours", 0, 1), a_run("ours", 1, 1, before=before))
    assert busy_runs(a_record((entrant("ours"),), runs, (a_growth("ours", 10, 1, 50),))) == count
