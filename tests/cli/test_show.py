"""`grade show`: the task of an exercise, rendered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]


def test_the_task_is_rendered_at_eighty_columns(cli_invoke: Invoke, small_bank: Path) -> None:
    text = cli_invoke("show", "double", "--bank", small_bank).stdout
    assert max(map(len, text.splitlines())) == 80
    assert "Twice as much" in text
    assert "Write double(number), which gives twice a number" in text
    assert not {"#", "`", "|"} & set(text)


def test_a_wide_terminal_does_not_make_lines_that_nobody_can_read(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    text = cli_invoke("show", "double", "--bank", small_bank).stdout
    assert max(map(len, text.splitlines())) == 100


def test_the_task_of_a_folder_is_in_its_main_file(cli_invoke: Invoke, small_bank: Path) -> None:
    # `files` begins with prices.txt, which is no Python.
    assert "Write a shop." in cli_invoke("show", "shop", "--bank", small_bank).stdout


def test_an_unknown_exercise_is_answered_with_a_near_match(
    cli_invoke: Invoke, small_bank: Path
) -> None:
    assert cli_invoke("show", "doubel", "--bank", small_bank, status=2).stderr == (
        'grade: the bank has no exercise "doubel"; did you mean double?; `grade list` shows all\n'
    )


@pytest.mark.parametrize(
    ("stub", "sentence"),
    [
        (b"number = 1\n", "has no docstring, which is where the task is to stand"),
        (b"def (:\n", "cannot be read"),
        (b"\xff\xfe\n", "cannot be read"),
    ],
    ids=["no docstring", "no Python", "no text"],
)
def test_a_stub_without_a_task_is_our_fault(
    cli_invoke: Invoke, small_bank: Path, stub: bytes, sentence: str
) -> None:
    file = small_bank / "exercises/double.py"
    file.write_bytes(stub)
    (line,) = cli_invoke("show", "double", "--bank", small_bank, status=3).stderr.splitlines()
    assert line.startswith(f"grade: {file} {sentence}")
