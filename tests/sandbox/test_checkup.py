"""The checkup: one line for each part of the machine, and what to do where it is not fit."""

import platform
from dataclasses import dataclass, field
from typing import Any

import pytest
from docker.errors import APIError, ImageNotFound

from grader.sandbox import checkup
from grader.sandbox.base import SandboxError
from grader.sandbox.checkup import Check, State, examine

FIT = {
    "CgroupVersion": "2",
    "MemoryLimit": True,
    "PidsLimit": True,
    "CpuCfsQuota": True,
    "SecurityOptions": ["name=seccomp,profile=builtin"],
}
VERSION = {"Version": "27.3.1", "ApiVersion": "1.47"}


@dataclass
class FakeClient:
    """An engine that says of itself what it is told to; `image` is an id, or why there is none."""

    facts: dict[str, Any] = field(default_factory=lambda: dict(FIT))
    release: dict[str, Any] = field(default_factory=lambda: dict(VERSION))
    image: str | Exception = "sha256:0123456789abcdef"
    id: str = ""

    def info(self) -> dict[str, Any]:
        return self.facts

    def version(self) -> dict[str, Any]:
        return self.release

    @property
    def images(self) -> "FakeClient":
        return self

    def get(self, name: str) -> "FakeClient":
        if isinstance(self.image, Exception):
            raise self.image
        self.id = self.image
        return self


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine on which everything works; tests take parts away."""
    monkeypatch.setattr(checkup, "connect", FakeClient)
    monkeypatch.setattr(checkup, "why_unavailable", lambda: "")
    return monkeypatch


def look_at(machine: pytest.MonkeyPatch, client: FakeClient) -> dict[str, Check]:
    machine.setattr(checkup, "connect", lambda: client)
    return {check.subject: check for check in examine().checks}


@pytest.mark.usefixtures("machine")
def test_a_fit_machine_is_good_line_by_line() -> None:
    found = examine()

    subjects = ["Python", "engine", "cgroups", "seccomp", "image", "bubblewrap"]
    assert [check.subject for check in found.checks] == subjects
    assert {check.state for check in found.checks} == {State.GOOD}
    assert not any(check.remedy for check in found.checks)
    assert found.ready == ("docker", "bubblewrap")
    assert found.checks[0].found.startswith(platform.python_version())
    assert found.checks[1].found == "27.3.1, API 1.47"
    assert found.checks[4].found == "grader-core:latest, sha256:0123456789ab"


def test_without_an_engine_there_is_one_line_about_it(machine: pytest.MonkeyPatch) -> None:
    def fail() -> FakeClient:
        raise SandboxError("no Docker engine answers at the default socket")

    machine.setattr(checkup, "connect", fail)
    found = examine()

    assert [check.subject for check in found.checks] == ["Python", "engine", "bubblewrap"]
    assert found.checks[1].state is State.BAD
    assert found.checks[1].found == "no Docker engine answers at the default socket"
    assert "DOCKER_HOST" in found.checks[1].remedy
    assert found.ready == ("bubblewrap",)


@pytest.mark.parametrize(
    ("release", "state"),
    [
        ({"Version": "20.10.24+dfsg1"}, State.GOOD),
        ({"Version": "19.03.5"}, State.BAD),
        ({"Version": "4.9.3", "Components": [{"Name": "Podman Engine"}]}, State.GOOD),
        ({"Version": "a development build"}, State.GOOD),
        ({}, State.GOOD),
    ],
)
def test_an_engine_that_is_too_old_is_bad(
    release: dict[str, Any], state: State, machine: pytest.MonkeyPatch
) -> None:
    check = look_at(machine, FakeClient(release=release))["engine"]

    assert check.state is state
    assert ("20.10" in check.remedy) == (state is State.BAD)


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        ({"MemoryLimit": False}, "v2, no memory limit"),
        ({"PidsLimit": False, "CpuCfsQuota": False}, "v2, no pids, cpu limit"),
    ],
)
def test_an_engine_that_cannot_limit_is_bad(
    missing: dict[str, bool], found: str, machine: pytest.MonkeyPatch
) -> None:
    check = look_at(machine, FakeClient({**FIT, **missing}))["cgroups"]

    assert (check.state, check.found) == (State.BAD, found)
    assert "cgroup" in check.remedy


@pytest.mark.parametrize("options", [[], None, ["name=apparmor"]])
def test_an_engine_that_filters_no_system_calls_is_bad(
    options: list[str] | None, machine: pytest.MonkeyPatch
) -> None:
    check = look_at(machine, FakeClient({**FIT, "SecurityOptions": options}))["seccomp"]

    assert check.state is State.BAD
    assert check.remedy


def test_a_missing_image_is_bad_with_the_command_that_builds_it(
    machine: pytest.MonkeyPatch,
) -> None:
    check = look_at(machine, FakeClient(image=ImageNotFound("no such image")))["image"]

    assert check.state is State.BAD
    assert "grader-core:latest is not there" in check.found
    assert check.remedy == "grade sandbox build core"
    assert examine().ready == ("bubblewrap",)


def test_an_engine_that_fails_in_between_is_no_traceback(machine: pytest.MonkeyPatch) -> None:
    check = look_at(machine, FakeClient(image=APIError("server error")))["image"]

    assert check.state is State.BAD
    assert "server error" in check.found


@pytest.mark.parametrize(
    ("program", "found"),
    [
        (b"filter", "whose system calls are filtered"),
        (b"", f"whose system calls of {platform.machine()} are not filtered"),
    ],
)
def test_bubblewrap_says_whether_it_filters_system_calls(
    program: bytes, found: str, machine: pytest.MonkeyPatch
) -> None:
    machine.setattr(checkup, "filter_here", lambda: program)
    check = look_at(machine, FakeClient())["bubblewrap"]

    assert check.state is State.GOOD
    assert check.found.endswith(found)


def test_what_bubblewrap_lacks_is_told_apart_from_what_to_do(machine: pytest.MonkeyPatch) -> None:
    machine.setattr(checkup, "why_unavailable", lambda: "bwrap is not on the path; install it")
    found = examine()

    assert found.checks[-1] == Check(
        "bubblewrap", State.BAD, "bwrap is not on the path", "install it"
    )
    assert found.ready == ("docker",)
