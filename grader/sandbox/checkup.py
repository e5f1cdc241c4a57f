"""Finds out whether this machine can judge, sandbox by sandbox, and what to do where it cannot."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import docker
from docker.errors import ImageNotFound

from grader.sandbox.base import SandboxError
from grader.sandbox.bpf import filter_here
from grader.sandbox.bubblewrap import why_unavailable
from grader.sandbox.choice import image_name
from grader.sandbox.docker import ENGINE_ERRORS, connect, missing_image

OLDEST_ENGINE = (20, 10)  # the first whose seccomp and cgroup options we use have been tried


class State(StrEnum):
    """How a check went."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One line of the checkup: what was looked at, what was found, what to do about it."""

    subject: str
    state: State
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Checkup:
    """All checks, and the sandboxes that a submission can be graded in safely."""

    checks: tuple[Check, ...]
    ready: tuple[str, ...]


def examine() -> Checkup:
    """Look at this machine; never raises."""
    engine = list(_engine_checks())
    bubblewrap = _bubblewrap_check()
    ready = []
    if all(check.state is not State.BAD for check in engine):
        ready.append("docker")
    if bubblewrap.state is State.GOOD:
        ready.append("bubblewrap")
    return Checkup((_python_check(), *engine, bubblewrap), tuple(ready))


def _python_check() -> Check:
    found = f"{platform.python_version()} at {sys.executable}"
    return Check("Python", State.GOOD, found)


def _engine_checks() -> Iterator[Check]:
    """Yield what there is to say of the engine; only the first where none answers."""
    try:
        client = connect()
        info, version = client.info(), client.version()
    except (SandboxError, *ENGINE_ERRORS) as error:
        remedy = "start Docker or Podman, or name an engine with DOCKER_HOST"
        yield Check("engine", State.BAD, str(error), remedy)
        return
    yield _engine_check(version)
    yield _cgroup_check(info)
    yield _seccomp_check(info)
    yield _image_check(client)


def _engine_check(version: dict[str, Any]) -> Check:
    found = f"{version.get('Version', 'unknown')}, API {version.get('ApiVersion', 'unknown')}"
    digits = [part for part in str(version.get("Version", "")).split(".")[:2] if part.isdigit()]
    if digits and tuple(map(int, digits)) < OLDEST_ENGINE and "Podman" not in str(version):
        return Check("engine", State.BAD, found, "update it to 20.10 or newer")
    return Check("engine", State.GOOD, found)


def _cgroup_check(info: dict[str, Any]) -> Check:
    """Check that the engine can bound memory, processes and CPU at all."""
    version = str(info.get("CgroupVersion", "unknown"))
    missing = [
        name
        for name, key in (("memory", "MemoryLimit"), ("pids", "PidsLimit"), ("cpu", "CpuCfsQuota"))
        if info.get(key) is False
    ]
    if missing:
        remedy = "run the engine where cgroups are delegated to it (rootless: enable cgroup v2)"
        return Check("cgroups", State.BAD, f"v{version}, no {', '.join(missing)} limit", remedy)
    return Check("cgroups", State.GOOD, f"v{version}: memory, processes and CPU can be limited")


def _seccomp_check(info: dict[str, Any]) -> Check:
    options = info.get("SecurityOptions") or []
    if any("seccomp" in str(option) for option in options):
        return Check("seccomp", State.GOOD, "the engine filters system calls")
    remedy = "use an engine and a kernel with seccomp"
    return Check("seccomp", State.BAD, "the engine does not filter system calls", remedy)


def _image_check(client: docker.DockerClient) -> Check:
    name = image_name("core")
    try:
        image = client.images.get(name)
    except ImageNotFound:
        return Check("image", State.BAD, missing_image(name), "grade sandbox build core")
    except ENGINE_ERRORS as error:
        return Check("image", State.BAD, str(error), "start the engine again")
    return Check("image", State.GOOD, f"{name}, {str(image.id)[:19]}")


def _bubblewrap_check() -> Check:
    reason = why_unavailable()
    if not reason:
        calls = "are filtered" if filter_here() else f"of {platform.machine()} are not filtered"
        found = f"bwrap starts a Python in namespaces of its own, whose system calls {calls}"
        return Check("bubblewrap", State.GOOD, found)
    found, _, remedy = reason.partition("; ")
    return Check("bubblewrap", State.BAD, found, remedy)
