"""Which sandbox is taken: the one that was named, or the first that works here, in order."""

from typing import Any

import pytest

from grader.errors import GraderError
from grader.sandbox import bubblewrap
from grader.sandbox import docker as docker_module
from grader.sandbox.base import SandboxError
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.choice import NAMES, SandboxChoice, image_name, settle, take_sandbox
from grader.sandbox.docker import DockerSandbox
from grader.sandbox.forger import FORGERS, PREVIOUS_ANSWER, Forger
from grader.sandbox.none import NoSandbox

IMAGE = "grader-core:latest"


class FakeClient:
    """An engine that has only the image IMAGE."""

    @property
    def images(self) -> "FakeClient":
        return self

    def get(self, name: str) -> Any:
        if name != IMAGE:
            raise docker_module.ImageNotFound("no such image")
        return type("Image", (), {"id": "sha256:0"})


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine answers."""
    monkeypatch.setattr(docker_module, "connect", FakeClient)


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine answers."""

    def fail() -> None:
        raise SandboxError("no Docker engine answers")

    monkeypatch.setattr(docker_module, "connect", fail)


def set_bubblewrap(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    monkeypatch.setattr(bubblewrap, "why_unavailable", lambda: reason)


def no_image_wanted(name: str) -> None:
    pytest.fail(f"the image {name} was asked for")


def fail_to_provide(name: str) -> None:
    raise GraderError(f"{name} cannot be built")


@pytest.mark.parametrize(
    ("image", "name"),
    [("core", IMAGE), ("web", "grader-web:latest"), ("python:3.13", "python:3.13")],
)
def test_only_our_images_are_named_by_their_target(image: str, name: str) -> None:
    assert image_name(image) == name


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("name", "kind"),
    [("docker", DockerSandbox), ("bubblewrap", Bubblewrap), ("none", NoSandbox)],
)
def test_a_sandbox_is_taken_by_its_name(name: str, kind: type) -> None:
    sandbox = take_sandbox(SandboxChoice(name, IMAGE))

    assert type(sandbox) is kind
    assert sandbox.name == name
    assert name in NAMES


@pytest.mark.usefixtures("engine")
def test_docker_gets_its_image() -> None:
    assert take_sandbox(SandboxChoice("docker", IMAGE)).image() == (IMAGE, "sha256:0")


def test_an_unknown_name_is_told_with_those_that_there_are() -> None:
    with pytest.raises(
        SandboxError, match="no sandbox 'jail'; there are auto, docker, pool, bubblewrap"
    ):
        take_sandbox(SandboxChoice("jail"))


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize("forger", [name for name in FORGERS if name != PREVIOUS_ANSWER])
def test_a_forger_that_runs_nothing_needs_no_engine(forger: str) -> None:
    sandbox = take_sandbox(SandboxChoice("docker", IMAGE, forger=forger))

    assert type(sandbox) is Forger
    assert (sandbox.name, sandbox.image()) == (f"forger {forger}", ("", ""))


@pytest.mark.usefixtures("engine")
def test_the_forger_that_runs_the_submission_has_the_sandbox_of_the_choice_inside() -> None:
    sandbox = take_sandbox(SandboxChoice("docker", IMAGE, forger=PREVIOUS_ANSWER))

    assert type(sandbox) is Forger
    assert sandbox.image() == (IMAGE, "sha256:0")


def test_an_unknown_forger_is_an_error() -> None:
    with pytest.raises(SandboxError, match="no forger 'liar'"):
        take_sandbox(SandboxChoice("none", forger="liar"))


@pytest.mark.usefixtures("no_engine")
def test_docker_by_name_without_an_engine_is_an_error() -> None:
    with pytest.raises(SandboxError, match="no Docker engine answers"):
        take_sandbox(SandboxChoice("docker", IMAGE))


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize("name", ["docker", "bubblewrap", "none"])
def test_a_named_sandbox_is_kept_whether_it_works_or_not(name: str) -> None:
    choice = SandboxChoice(name, IMAGE, "runsc")

    assert settle(choice, no_image_wanted) is choice


@pytest.mark.usefixtures("engine")
def test_auto_takes_docker_where_an_engine_has_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    set_bubblewrap(monkeypatch, "")

    settled = settle(SandboxChoice("auto", IMAGE, "runsc"), no_image_wanted)

    assert settled == SandboxChoice("docker", IMAGE, "runsc")


@pytest.mark.usefixtures("engine")
def test_auto_takes_docker_when_the_missing_image_was_provided() -> None:
    asked: list[str] = []

    assert settle(SandboxChoice("auto", "other:1"), asked.append).name == "docker"
    assert asked == ["other:1"]


@pytest.mark.usefixtures("engine")
def test_auto_passes_docker_over_when_there_is_no_image(monkeypatch: pytest.MonkeyPatch) -> None:
    set_bubblewrap(monkeypatch, "")

    assert settle(SandboxChoice("auto", "other:1"), fail_to_provide).name == "bubblewrap"


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize(("reason", "name"), [("", "bubblewrap"), ("not installed", "none")])
def test_auto_takes_bubblewrap_without_an_engine_and_none_without_either(
    reason: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_bubblewrap(monkeypatch, reason)

    assert settle(SandboxChoice("auto", IMAGE), no_image_wanted).name == name


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize(("reason", "name"), [("", "bubblewrap"), ("not installed", "none")])
def test_a_forger_is_kept_and_has_no_say_in_which_sandbox_works(
    reason: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_bubblewrap(monkeypatch, reason)

    settled = settle(SandboxChoice("auto", IMAGE, forger="True"), no_image_wanted)

    assert settled == SandboxChoice(name, IMAGE, forger="True")
