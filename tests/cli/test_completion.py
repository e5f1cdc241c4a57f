"""Completion: the scripts for the shells, and what they get to offer, by click's own protocol."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.limits import LIMIT_NAMES

Invoke = Callable[..., Any]
Complete = Callable[..., list[str]]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_asks_grade(cli_invoke: Invoke, shell: str) -> None:
    script = cli_invoke("completion", shell).stdout
    assert f"_GRADE_COMPLETE={shell}_complete" in script
    assert "grade" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_can_read(cli_invoke: Invoke, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell} here")
    script = cli_invoke("completion", shell).stdout
    checked = subprocess.run(
        [program, "-n"], input=script, text=True, capture_output=True, timeout=60, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture
def complete(cli_invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Return what is offered for the last of the words, as bash asks for it."""

    def ask(*words: str) -> list[str]:
        monkeypatch.setenv("_GRADE_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("grade", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        lines = cli_invoke().stdout.splitlines()
        return [line.partition(",")[2] for line in lines if line]

    return ask


def test_commands_are_completed(complete: Complete) -> None:
    assert complete("s") == ["submit", "show", "start", "sandbox"]


@pytest.mark.parametrize("words", [("show",), ("start",), ("submit", "--exercise")])
def test_exercises_are_completed_from_the_bank_of_the_variable(
    complete: Complete, small_bank: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    assert complete(*words, "") == ["double", "triple", "shop"]
    assert complete(*words, "s") == ["shop"]


def test_exercises_are_completed_from_the_bank_that_is_named_or_near(
    complete: Complete, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert complete("show", "--bank", str(small_bank), "d") == ["double"]
    monkeypatch.chdir(small_bank / "hidden")
    assert complete("show", "t") == ["triple"]


def test_without_a_bank_or_with_a_broken_one_nothing_is_offered_and_nothing_said(
    complete: Complete, small_bank: Path
) -> None:
    assert complete("show", "d") == []
    (small_bank / "exercises/catalog.toml").write_text("[[section")
    assert complete("show", "--bank", str(small_bank), "d") == []


def test_limits_are_completed_up_to_the_value(complete: Complete) -> None:
    assert complete("submit", "--limit", "") == [f"{name}=" for name in LIMIT_NAMES]
    assert complete("submit", "--limit", "me") == ["memory_bytes="]


def test_choices_are_completed(complete: Complete) -> None:
    assert complete("submit", "--feedback", "") == ["none", "titles", "examples", "full"]
    assert complete("completion", "") == ["bash", "zsh", "fish"]
    assert complete("sandbox", "build", "t") == ["tools"]
