"""`grade list`: the exercises, section by section."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]

LISTED = """\
A  Numbers
  double    3  Twice as much
B  Programs
  triple    ?  Three times as much
  shop      0  A shop
"""


def test_the_exercises_are_listed_under_their_sections(
    cli_invoke: Invoke, small_bank: Path
) -> None:
    assert cli_invoke("list", "--bank", small_bank).stdout == LISTED


def test_the_bank_is_found_by_the_variable(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    assert cli_invoke("list").stdout == LISTED


def test_the_option_goes_before_the_variable(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADE_BANK", "/nowhere")
    assert cli_invoke("list", "--bank", small_bank).stdout == LISTED


def test_the_bank_is_found_upwards(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_bank / "exercises/shop/data")
    assert cli_invoke("list").stdout == LISTED


def test_a_title_with_markup_stays_as_it_is(cli_invoke: Invoke, small_bank: Path) -> None:
    catalog = small_bank / "exercises/catalog.toml"
    catalog.write_text(catalog.read_text().replace("A shop", "[bold]list[int] :smile:[/bold]"))
    assert (
        "  shop      0  [bold]list[int] :smile:[/bold]\n"
        in cli_invoke("list", "--bank", small_bank).stdout
    )


def test_a_folder_that_is_no_bank_is_wrong_usage(cli_invoke: Invoke, tmp_path: Path) -> None:
    stderr = cli_invoke("list", "--bank", tmp_path / "nowhere", status=2).stderr
    assert stderr == (
        f"grade: {tmp_path}/nowhere is no bank: it has no exercises/catalog.toml; "
        "--bank DIR and GRADE_BANK take the folder that holds exercises/\n"
    )


def test_where_there_is_no_bank_the_message_says_how_to_name_one(cli_invoke: Invoke) -> None:
    assert "name a bank with --bank DIR or GRADE_BANK\n" in cli_invoke("list", status=2).stderr


def test_a_catalogue_with_three_mistakes_is_ours_and_lists_all_three(
    cli_invoke: Invoke, small_bank: Path
) -> None:
    catalog = small_bank / "exercises/catalog.toml"
    text = catalog.read_text().replace("test_seconds = 30", "test_second = 30")
    catalog.write_text(text.replace('id = "B"', 'id = "A"').replace('"A shop"', "7"))
    finished = cli_invoke("list", "--bank", small_bank, status=3)
    assert finished.stdout == ""
    heading, *problems = finished.stderr.splitlines()
    assert heading == f"grade: {catalog} has 3 problems:"
    for problem, part in zip(problems, ("test_second", "is the id of", "title"), strict=True):
        assert part in problem
