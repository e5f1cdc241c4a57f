"""A container that serves many submissions: what it is made for, how it begins and ends."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import docker
from docker.models.containers import Container

from grader.limits import Limits
from grader.sandbox.attached import AttachedStream
from grader.sandbox.base import ConnectionLost, Order, SandboxError
from grader.sandbox.bpf import filter_bytes
from grader.sandbox.docker import DockerSandbox, machine_of, raw_socket, remove
from grader.sandbox.policy import pool_settings
from grader.sandbox.porter import programs

MOST_USES = 200
MOST_SECONDS = 1_200.0
"""How old a container may grow; well below what makes it look like a leftover."""

_PROGRAMS_SECONDS = 10.0


@dataclass(frozen=True)
class Terms:
    """What a container is made for: submissions with the same terms may share one."""

    image: str
    runtime: str | None
    limits: Limits


@dataclass
class Held:
    """A container, and our end of its streams."""

    container: Container
    stream: Any
    terms: Terms
    born: float
    machine: str  # as `uname -m` gives it
    uses: int = 0

    def described(self) -> Mapping[str, Any]:
        """Return what a borrower has to know of it."""
        return {
            "Id": str(self.container.id),
            "Created": self.container.attrs["Created"],
            "Image": self.container.attrs["Image"],
            "Machine": self.machine,
        }

    @property
    def is_worn(self) -> bool:
        """Whether it has served long enough."""
        return self.uses >= MOST_USES or time.monotonic() - self.born > MOST_SECONDS


def start(client: docker.DockerClient, terms: Terms, run_id: str) -> Held:
    """Start a container with its porter; raises SandboxError."""
    sandbox = DockerSandbox(client, terms.image, terms.runtime)
    order = Order(terms.limits, run_id, 0)
    machine = machine_of(client)
    if not filter_bytes(machine):
        raise SandboxError(f"no system calls can be filtered on {machine}; use --sandbox docker")
    container, stream = sandbox.start(lambda: pool_settings(order, terms.runtime))
    held = Held(container, stream, terms, time.monotonic(), machine)
    try:
        deadline = time.monotonic() + _PROGRAMS_SECONDS
        AttachedStream(raw_socket(stream)).send(programs(), deadline)
    except (TimeoutError, ConnectionLost):
        end(held)
        raise SandboxError(f"the container of {terms.image} ended at once") from None
    return held


def end(held: Held) -> None:
    """Close a container's streams, then kill and remove it."""
    with contextlib.suppress(OSError):
        held.stream.close()
    remove(held.container)
