"""Images for the command line: progress on standard error, and one that is missing is built."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.cli import images
from grader.errors import GraderError


def test_progress_goes_to_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build_image(
        client: str, context: Path, target: str, base: str | None, say: Callable[[str], None]
    ) -> str:
        say("step 1")
        return f"{client} {context} {target} {base}"

    monkeypatch.setattr("grader.sandbox.docker.connect", lambda: "client")
    monkeypatch.setattr("grader.sandbox.image.build_image", build_image)
    assert images.build(Path("context"), "core", "base") == "client context core base"
    assert capsys.readouterr() == ("", "step 1\n")


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Record what would be built, and build nothing."""
    asked: list[Any] = []
    monkeypatch.setattr("grader.cli.images.build", lambda *arguments: asked.append(arguments))
    return asked


def test_a_missing_image_of_ours_is_built_and_that_is_said(
    builds: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    images.provide_image(Path("context"), "grader-web:latest")
    assert builds == [(Path("context"), "web", None)]
    assert capsys.readouterr().err == "grade: the image grader-web:latest is built, this once\n"


def test_an_image_that_is_not_ours_is_never_built(builds: list[Any]) -> None:
    with pytest.raises(GraderError, match="python:3 is none of ours"):
        images.provide_image(Path("context"), "python:3")
    assert builds == []


def test_why_an_image_cannot_be_built_is_said_before_it_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object) -> None:
        raise GraderError("the base is not there")

    monkeypatch.setattr("grader.cli.images.build", fail)
    with pytest.raises(GraderError):
        images.provide_image(Path("context"), "grader-core:latest")
    assert capsys.readouterr().err.splitlines()[-1] == "grade: the base is not there"
