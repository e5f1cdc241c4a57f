"""`grade sandbox`: which image is built from what, and how many leftovers were removed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import GraderError

Invoke = Callable[..., Any]
NO_ENGINE = "unix:///nowhere/engine.sock"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str, str | None]]:
    """Record what would be built, and build nothing."""
    asked: list[tuple[Path, str, str | None]] = []

    def build(context: Path, target: str, base: str | None) -> str:
        asked.append((context, target, base))
        return "sha256:0123"

    monkeypatch.setattr("grader.cli.images.build", build)
    return asked


def test_core_is_built_unless_another_is_named(
    cli_invoke: Invoke, small_bank: Path, builds: list[Any]
) -> None:
    stdout = cli_invoke("sandbox", "build", "--bank", small_bank).stdout
    assert stdout == "grader-core:latest is built: sha256:0123\n"
    cli_invoke("sandbox", "build", "web", "--base", "mine:1", "--bank", small_bank)
    folder = small_bank / "sandbox"
    assert builds == [(folder, "core", None), (folder, "web", "mine:1")]


def test_building_needs_a_bank(cli_invoke: Invoke, builds: list[Any]) -> None:
    assert "no bank found" in cli_invoke("sandbox", "build", status=2).stderr
    assert builds == []


def test_an_image_that_cannot_be_built_is_our_fault(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> str:
        raise GraderError("the base is not there; get it")

    monkeypatch.setattr("grader.cli.images.build", fail)
    finished = cli_invoke("sandbox", "build", "--bank", small_bank, status=3)
    assert finished.stderr == "grade: the base is not there; get it\n"


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(0, "0 containers removed"), (1, "1 container removed"), (2, "2 containers removed")],
)
def test_leftovers_are_counted(
    cli_invoke: Invoke, monkeypatch: pytest.MonkeyPatch, count: int, sentence: str
) -> None:
    asked = []

    def sweep(client: str, *, everything: bool) -> int:
        asked.append((client, everything))
        return count

    monkeypatch.setattr("grader.sandbox.docker.connect", lambda: "client")
    monkeypatch.setattr("grader.sandbox.docker.sweep", sweep)
    assert cli_invoke("sandbox", "prune").stdout == f"{sentence}\n"
    cli_invoke("sandbox", "prune", "--all")
    assert asked == [("client", False), ("client", True)]


@pytest.mark.parametrize("command", ["build", "prune"])
def test_without_an_engine_one_sentence_says_so(
    cli_invoke: Invoke, small_bank: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("DOCKER_HOST", NO_ENGINE)
    monkeypatch.setenv("GRADE_BANK", str(small_bank))
    (line,) = cli_invoke("sandbox", command, status=3).stderr.splitlines()
    assert line.startswith(f"grade: no Docker engine answers at {NO_ENGINE}")
