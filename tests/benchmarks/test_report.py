"""The page: a table with every figure, who took part, and doubts where there are any."""

from pathlib import Path

from made_up_benchmark import BUSY, a_growth, a_record, a_run, entrant

from benchmarks.record import Record, read_record, write_record
from benchmarks.report import page_of

BASELINES = {"pytest": "the pytest", "docker-run": "docker"}


def measured() -> Record:
    """Return a record of two contenders that were run and one that was not."""
    entrants = (
        entrant("pytest"),
        entrant("ours", is_ours=True),
        entrant("gone", not_run="no network | at all"),
    )
    return a_record(entrants, (a_run("pytest", 0, 4), a_run("ours", 0, 0.5)))


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def tables(page: str) -> list[list[str]]:
    """Return the lines of all tables, cell by cell."""
    return [cells(line) for line in page.splitlines() if line.startswith("|")]


def test_the_table_has_a_row_for_each_that_was_run() -> None:
    head, rule, base, ours = tables(page_of(measured(), BASELINES, []))
    assert head[1] == "submissions a second"
    assert head[-2:] == ["times the pytest", "times docker"]
    assert len(head) == len(rule) == len(base) == len(ours)
    assert base == ["the pytest", "2.50", "0.40", "0.40", "30", "10 of 10", "1.00", "-"]
    assert ours == ["**the ours**", "20.00", "0.05", "0.05", "30", "10 of 10", "8.00", "-"]


def test_who_was_not_run_is_named_with_the_reason() -> None:
    page = page_of(measured(), BASELINES, [])
    assert "* the gone: **not run**: no network | at all" in page
    assert "* the pytest: pytest 1.0" in page


def test_runs_that_do_not_count_are_told() -> None:
    record = a_record((entrant("ours"),), (a_run("ours", 0, 1, right=0),))
    page = page_of(record, {}, [])
    assert tables(page) == []
    assert "**1 runs are left out**" in page


def test_the_machine_and_the_class_are_said() -> None:
    page = page_of(measured(), BASELINES, [])
    assert "On 2 cores (a model), 24 GiB of memory, Linux 6.1, Python 3.11.7." in page
    assert "A class of 10 submissions, of which none hangs; 2 at a time" in page
    assert "doubtful" not in page


def test_a_busy_machine_is_told() -> None:
    record = a_record((entrant("ours"),), (a_run("ours", 0, 1, before=BUSY),))
    assert "**Before 1 of the 1 runs, more than 10% of the CPU was in use" in page_of(
        record, {}, []
    )


def test_growth_is_listed_by_contender_and_size() -> None:
    growth = (
        a_growth("pool", 100, 20, 60),
        a_growth("docker", 100, 50, 70),
        a_growth("pool", 10, 4, 50),
        a_growth("docker", 10, 5, 70),
    )
    record = a_record((entrant("docker"), entrant("pool")), growth=growth)
    _, _, *rows = tables(page_of(record, {}, []))
    assert [(row[0], row[1]) for row in rows] == [
        ("the docker", "10"),
        ("the docker", "100"),
        ("the pool", "10"),
        ("the pool", "100"),
    ]
    assert rows[2] == ["the pool", "10", "4.0", "2.50", "0.40", "50", "10 of 10"]


def test_pictures_are_shown() -> None:
    assert "![x.svg](x.svg)" in page_of(measured(), BASELINES, ["x.svg"])


def test_a_record_comes_back_from_its_file(tmp_path: Path) -> None:
    record = a_record(
        (entrant("ours", is_ours=True),), (a_run("ours", 0, 1.25),), (a_growth("ours", 10, 1, 5),)
    )
    file = tmp_path / "results/record.json"
    write_record(record, file)
    assert read_record(file) == record
